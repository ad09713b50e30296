import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Outgoing } from '#shared/bridge/draft.ts';
import { displayAddress } from '#shared/mail/addresses.ts';
import { formatMoment } from '#shared/text/format-moment.ts';
import type { TicketView } from '../../cache/cache-views.ts';
import { AddressText } from '../../ui/address-text.tsx';
import { Badge } from '../../ui/badge.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { AttachmentNames } from './attachment-names.tsx';
import { confirmKey, decisionKey } from './decision-words.ts';
import { HeldAnswer } from './held/held-answer.tsx';
import { LetterText } from './letter-text.tsx';
import { OutgoingBadge } from './outgoing-badge.tsx';
import { outgoingDecisions, type OutgoingDecision } from './outgoing-decisions.ts';
import { reasonKey, standingKey } from './standing-words.ts';
import { useDecide } from './use-decide.ts';
import { useOpenLink } from './use-open-link.ts';

/** A letter on its way: where it stands, why it waits, and what an agent can decide. */
export function OutgoingView({
  outgoing,
  view,
}: {
  readonly outgoing: Outgoing;
  /** The ticket that it stands in. */
  readonly view: TicketView;
}) {
  const { t } = useTranslation();
  const openLink = useOpenLink();
  const { draft } = outgoing;
  const at = formatMoment(outgoing.queuedAt);
  return (
    <article className="letter" data-direction="out" aria-label={t('outgoing.title', { at })}>
      <header className="letter-head">
        <div className="letter-from">
          <strong>{t('outgoing.title', { at })}</strong>
          <OutgoingBadge state={outgoing.state} />
        </div>
        <div className="letter-meta">
          <span>
            {t('letter.to')} <AddressText addresses={draft.to} />
          </span>
          {draft.cc.length > 0 && (
            <span>
              {t('letter.cc')} <AddressText addresses={draft.cc} />
            </span>
          )}
          <Badge tone="accent">
            {draft.purpose === 'answer'
              ? t(`answerKind.${draft.answerKind}`)
              : t(`outbox.purpose.${draft.purpose}`)}
          </Badge>
        </div>
      </header>
      {outgoing.state === 'held' ? (
        <HeldAnswer outgoing={outgoing} view={view} />
      ) : (
        <OutgoingStanding outgoing={outgoing} />
      )}
      <LetterText text={draft.text} onOpen={openLink} />
      <AttachmentNames attachments={draft.attachments} />
    </article>
  );
}

/** State, reason, recipients and decisions of an outgoing letter. */
export function OutgoingStanding({ outgoing }: { readonly outgoing: Outgoing }) {
  const { t } = useTranslation();
  const decide = useDecide();
  const [asking, setAsking] = useState<OutgoingDecision | null>(null);
  const [deciding, setDeciding] = useState(false);
  const decisions = outgoingDecisions(outgoing);
  const reason = reasonKey(outgoing);
  const take = async (decision: OutgoingDecision) => {
    setDeciding(true);
    await decide(outgoing, decision);
    setDeciding(false);
  };
  return (
    <div className="outgoing-standing">
      <output>
        <p>{t(standingKey(outgoing))}</p>
        {reason !== null && <p>{t(reason)}</p>}
      </output>
      {(outgoing.state === 'sent' || outgoing.state === 'partial') && (
        <p>{outgoing.filed ? t('outgoing.filed') : t('outgoing.notFiled')}</p>
      )}
      {(outgoing.state === 'partial' || outgoing.state === 'failed') && (
        <ul>
          {outgoing.recipients.map(({ address, state }) => (
            <li key={address}>
              {displayAddress(address)}: {t(`outgoing.recipient.${state}`)}
            </li>
          ))}
        </ul>
      )}
      {decisions.length > 0 && (
        <Group gap="xs" mt={6}>
          {decisions.map(({ decision, asks }) => (
            <Button
              key={decision}
              size="compact-xs"
              variant="default"
              disabled={deciding}
              onClick={() => {
                if (asks) setAsking(decision);
                else void take(decision);
              }}
            >
              {t(decisionKey(outgoing.state, decision))}
            </Button>
          ))}
        </Group>
      )}
      <ConfirmDialog
        opened={asking !== null}
        title={t('outgoing.confirmTitle')}
        question={t(confirmKey(outgoing))}
        confirm={t('outgoing.confirmSend')}
        onConfirm={() => {
          if (asking !== null) void take(asking);
        }}
        onClose={() => setAsking(null)}
      />
    </div>
  );
}
