import { Button, Group, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TicketId } from '#shared/ids.ts';
import { formatMoment } from '#shared/text/format-moment.ts';
import { roleAllows } from '#shared/ticket/author.ts';
import type { Ticket } from '#shared/ticket/ticket.ts';
import { useDesk } from '../../state/desk-context.ts';
import { useHolderWords } from '../../state/use-holder-words.ts';
import { useOperations } from '../../state/use-operations.ts';
import { addressWords } from '../../ui/address-text.tsx';
import { Badge } from '../../ui/badge.tsx';
import { bareSubject } from '../../ui/bare-subject.ts';
import { Icon } from '../../ui/icon.tsx';
import { describeDue } from '../queue/describe-due.ts';
import { DueText } from '../queue/due-text.tsx';
import { CriticalDialog } from './critical-dialog.tsx';
import { LedgerDialog } from './ledger-dialog.tsx';

/** What a ticket is about, when it is due and who has it, with what can be done to it. */
export function TicketHeader({
  ticket,
  pending,
  composing,
  onReply,
  onClose,
  onShow,
}: {
  readonly ticket: Ticket;
  /** True while some operation on it is not confirmed. */
  readonly pending: boolean;
  readonly composing: boolean;
  readonly onReply: () => void;
  readonly onClose: () => void;
  readonly onShow: (id: TicketId) => void;
}) {
  const { t } = useTranslation();
  const { session, now, calendar, policy, agents } = useDesk();
  const holderWords = useHolderWords();
  const operations = useOperations();
  const [dialog, setDialog] = useState<'ledger' | 'critical' | null>(null);
  const mayWork = roleAllows(session.agent.role, 'agent');
  const holder = holderWords(ticket.holder, true);
  const mine = holder !== null && ticket.holder?.agentId === session.agent.id;
  const mayRelease = mine || (holder !== null && roleAllows(session.agent.role, 'senior'));
  const subject = bareSubject(ticket.subject);
  return (
    <header className="ticket-head">
      <Group justify="space-between" wrap="nowrap" align="flex-start" gap="xs">
        <Title order={2} className="ticket-subject">
          <span className="row-number">{t('ticket.number', { number: ticket.number })}</span>{' '}
          {subject === '' ? t('ticket.noSubject') : subject}
        </Title>
        <button type="button" className="icon-button" aria-label={t('ticket.close')} onClick={onClose}>
          <Icon name="close" />
        </button>
      </Group>
      <p className="ticket-client">
        <Icon name="user" size={14} /> {addressWords(ticket.client)}
        <span className="quiet">{t('ticket.receivedAt', { at: formatMoment(ticket.receivedAt) })}</span>
      </p>
      <div className="ticket-facts">
        <Badge>{t(`ticket.status.${ticket.status}`)}</Badge>
        {ticket.reactionStartedAt === null ? (
          <DueText due={null} />
        ) : (
          <button
            type="button"
            className="due-button"
            aria-haspopup="dialog"
            title={t('ledger.show')}
            onClick={() => setDialog('ledger')}
          >
            <DueText due={describeDue(ticket, now, calendar, policy)} />
            <Icon name="info" size={14} />
          </button>
        )}
        {holder !== null && (
          <Badge tone="accent" icon="hand">
            {holder}
          </Badge>
        )}
        {ticket.critical !== null && (
          <Badge tone="bad" icon="critical">
            {t('ticket.criticalBecause', {
              reason: ticket.critical.reason,
              name: agents.get(ticket.critical.agentId)?.name ?? '',
            })}
          </Badge>
        )}
        {pending && <Badge icon="pending">{t('ticket.pending')}</Badge>}
      </div>
      {ticket.possibleFollowUpOf !== null && <FollowUpNote id={ticket.possibleFollowUpOf} onShow={onShow} />}
      {mayWork && (
        <div className="ticket-actions" role="toolbar" aria-label={t('ticket.actions')}>
          <Button
            leftSection={<Icon name="reply" />}
            disabled={composing}
            aria-keyshortcuts="r"
            onClick={onReply}
          >
            {t('ticket.reply')}
          </Button>
          {ticket.status !== 'closed' && !mine && (
            <Button
              variant="default"
              leftSection={<Icon name="hand" />}
              disabled={holder !== null}
              aria-keyshortcuts="c"
              onClick={() => void operations.claim(ticket.id)}
            >
              {t('ticket.claim')}
            </Button>
          )}
          {mayRelease && (
            <Button variant="default" onClick={() => void operations.release(ticket.id)}>
              {t('ticket.release')}
            </Button>
          )}
          {ticket.status !== 'closed' && ticket.critical === null && (
            <Button
              variant="default"
              leftSection={<Icon name="critical" />}
              aria-haspopup="dialog"
              onClick={() => setDialog('critical')}
            >
              {t('critical.open')}
            </Button>
          )}
          {ticket.status !== 'closed' && ticket.critical !== null && (
            <Button variant="default" onClick={() => void operations.clearCritical(ticket.id)}>
              {t('critical.clear')}
            </Button>
          )}
        </div>
      )}
      {ticket.reactionStartedAt !== null && (
        <LedgerDialog
          startedAt={ticket.reactionStartedAt}
          opened={dialog === 'ledger'}
          onClose={() => setDialog(null)}
        />
      )}
      <CriticalDialog
        opened={dialog === 'critical'}
        onClose={() => setDialog(null)}
        onSet={(reason) => {
          setDialog(null);
          void operations.setCritical(ticket.id, reason);
        }}
      />
    </header>
  );
}

function FollowUpNote({ id, onShow }: { readonly id: TicketId; readonly onShow: (id: TicketId) => void }) {
  const { t } = useTranslation();
  return (
    <p className="ticket-follow-up">
      <Icon name="link" size={14} />
      {t('ticket.followUpWhy')}
      <button type="button" className="text-button" onClick={() => onShow(id)}>
        {t('ticket.followUpShow')}
      </button>
    </p>
  );
}
