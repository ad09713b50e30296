import { Button, Menu } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { KeyHint, keysOf } from '../../commands/key-hint.tsx';
import { Icon, type IconName } from '../../ui/icon.tsx';
import { Keys } from '../../ui/keys.tsx';
import type { TicketAction } from './use-ticket-actions.ts';

const icons: Readonly<Record<TicketAction['id'], IconName>> = {
  'ticket.answer': 'reply',
  'ticket.askFacts': 'mail',
  'ticket.assign': 'user',
  'ticket.claim': 'hand',
  'ticket.classify': 'tag',
  'ticket.tags': 'hash',
  'ticket.client': 'edit',
  'ticket.close': 'check',
  'ticket.critical': 'critical',
  'ticket.escalate': 'developers',
  'ticket.facts': 'edit',
  'ticket.forward': 'forward',
  'ticket.history': 'history',
  'ticket.ledger': 'info',
  'ticket.link': 'link',
  'ticket.merge': 'archive',
  'ticket.notARequest': 'block',
  'ticket.note': 'note',
  'ticket.participants': 'people',
  'ticket.reason': 'clock',
  'ticket.release': 'hand',
  'ticket.reopen': 'refresh',
  'ticket.snooze': 'snooze',
  'ticket.split': 'copy',
  'ticket.thanks': 'check',
};

const visible: ReadonlySet<TicketAction['id']> = new Set([
  'ticket.answer',
  'ticket.claim',
  'ticket.release',
  'ticket.note',
  'ticket.snooze',
  'ticket.close',
  'ticket.reopen',
]);

/** What can be done to a ticket: the usual as buttons, the rest in a menu; each with its key. */
export function TicketActions({ actions }: { readonly actions: readonly TicketAction[] }) {
  const { t } = useTranslation();
  const shown = actions.filter(({ id, run, always }) => visible.has(id) && (run !== null || always));
  const rest = actions.filter(({ id, run }) => !visible.has(id) && run !== null);
  return (
    <div className="ticket-actions" role="toolbar" aria-label={t('ticket.actions')}>
      {shown.map(({ id, words, dialog, run }) => (
        <KeyHint key={id} command={id} words={words}>
          <Button
            variant={id === 'ticket.answer' ? 'filled' : 'default'}
            leftSection={<Icon name={icons[id]} />}
            disabled={run === null}
            aria-keyshortcuts={keysOf(id) ?? undefined}
            {...(dialog ? { 'aria-haspopup': 'dialog' } : {})}
            onClick={() => run?.()}
          >
            {words}
          </Button>
        </KeyHint>
      ))}
      <Menu position="left-start" shadow="md" width={280} withinPortal transitionProps={{ duration: 0 }}>
        <Menu.Target>
          <Button variant="default" leftSection={<Icon name="more" />} aria-label={t('ticket.moreLabel')}>
            {t('ticket.more')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown className="ticket-menu">
          {rest.map(({ id, words, run }) => (
            <Menu.Item
              key={id}
              leftSection={<Icon name={icons[id]} />}
              rightSection={<Keys keys={keysOf(id) ?? ''} />}
              onClick={() => run?.()}
            >
              {words}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}
