import { useTranslation } from 'react-i18next';
import type { CommandId } from '../../commands/command-list.ts';
import { useCommandHandlers } from '../../commands/command-handlers.ts';
import { useCommand } from '../../commands/use-command.ts';
import type { TicketView } from '../../cache/cache-views.ts';
import { useDesk } from '../../state/desk-context.ts';
import { usePanels } from '../../state/panels.ts';
import { useOperations } from '../../state/use-operations.ts';
import { availableActions, canBeAnswered } from './available-actions.ts';
import { canSplit } from './relations/splittable-letters.ts';
import type { TicketDialog } from './ticket-dialogs.tsx';
import { missingFacts, neededFacts } from './work-facts/needed-facts.ts';
import { useAskForFacts } from './work-facts/use-ask-for-facts.ts';

export type TicketActionId = Extract<
  CommandId,
  | 'ticket.answer'
  | 'ticket.askFacts'
  | 'ticket.assign'
  | 'ticket.claim'
  | 'ticket.classify'
  | 'ticket.client'
  | 'ticket.close'
  | 'ticket.critical'
  | 'ticket.escalate'
  | 'ticket.facts'
  | 'ticket.forward'
  | 'ticket.history'
  | 'ticket.ledger'
  | 'ticket.link'
  | 'ticket.merge'
  | 'ticket.notARequest'
  | 'ticket.note'
  | 'ticket.participants'
  | 'ticket.reason'
  | 'ticket.release'
  | 'ticket.reopen'
  | 'ticket.snooze'
  | 'ticket.split'
  | 'ticket.tags'
  | 'ticket.thanks'
>;

/** Something that can be done to the ticket on screen. */
export interface TicketAction {
  readonly id: TicketActionId;
  readonly words: string;
  /** Null while it cannot be done. */
  readonly run: (() => void) | null;
  /** True when it asks first. */
  readonly dialog: boolean;
  /** True when it keeps its place while it cannot be done. */
  readonly always: boolean;
}

/**
 * Everything that can be done to the ticket on screen, also by key: the commands act while the view is there.
 *
 * The order is that of the menu.
 */
export function useTicketActions(
  view: TicketView,
  {
    composing,
    onDialog,
    onNote,
    onFacts,
  }: {
    readonly composing: boolean;
    readonly onDialog: (dialog: TicketDialog) => void;
    readonly onNote: () => void;
    /** Begins to write down what the work needs. */
    readonly onFacts: (factId: string) => void;
  },
): readonly TicketAction[] {
  const { t } = useTranslation();
  const { session, now, rules } = useDesk();
  const compose = usePanels((panels) => panels.compose);
  const operations = useOperations();
  const { ticket } = view;
  const may = availableActions(ticket, session.agent, now);
  const newest = view.letters.at(-1) ?? null;
  const needed = neededFacts(ticket, rules.current.categories);
  const firstFact = missingFacts(needed)[0] ?? needed[0] ?? null;
  const askForFacts = useAskForFacts(view);

  /** While the next ticket is on its way this one is still to be seen, but nothing is meant for it. */
  const isMeant = () => usePanels.getState().ticketId === ticket.id;
  const act = (allowed: boolean, doIt: () => unknown) => {
    if (!allowed) return null;
    return () => {
      if (isMeant()) doIt();
    };
  };
  const ask = (allowed: boolean, dialog: TicketDialog) => act(allowed, () => onDialog(dialog));
  const run: Readonly<Record<TicketActionId, (() => void) | null>> = {
    'ticket.answer': act(may.answer && !composing, () => compose(ticket.id)),
    'ticket.claim': act(may.claim, () => operations.claim(ticket.id)),
    'ticket.release': act(may.release, () => operations.release(ticket.id)),
    'ticket.note': act(may.work, onNote),
    'ticket.snooze': ask(may.steer, 'snooze'),
    'ticket.close': ask(may.steer, 'close'),
    'ticket.reopen': act(may.reopen, () => operations.reopen(ticket.id)),
    'ticket.assign': ask(may.steer, 'assign'),
    'ticket.classify': ask(may.work, 'classify'),
    'ticket.tags': ask(may.work, 'tags'),
    'ticket.critical':
      ticket.critical === null
        ? ask(may.steer, 'critical')
        : act(may.steer, () => operations.clearCritical(ticket)),
    'ticket.escalate': ask(may.steer, 'escalate'),
    'ticket.forward':
      newest === null ? null : act(may.answer, () => compose(ticket.id, 'forward', newest.id)),
    'ticket.notARequest': ask(may.steer, 'not-a-request'),
    'ticket.client': ask(may.work, 'client'),
    'ticket.facts': firstFact === null ? null : act(may.work, () => onFacts(firstFact.id)),
    'ticket.askFacts':
      askForFacts === null ? null : act(may.answer && may.steer && canBeAnswered(ticket), askForFacts),
    'ticket.reason': ask(may.steer && ticket.channel !== 'internal', 'reason'),
    'ticket.thanks':
      ticket.lastClientLetterAt === null
        ? null
        : act(may.steer, () => operations.close(ticket, 'no-answer-needed', t('closing.thanks.reason'))),
    'ticket.link': ask(may.work, 'link'),
    'ticket.merge': ask(may.work && ticket.mergedInto === null, 'merge'),
    'ticket.split': ask(may.work && ticket.mergedInto === null && canSplit(view), 'split'),
    'ticket.participants': ask(ticket.channel !== 'internal', 'participants'),
    'ticket.history': ask(true, 'history'),
    'ticket.ledger': ask(
      ticket.events.some(({ kind }) => kind === 'client-contact'),
      'ledger',
    ),
  };
  /** A key, or a click, that comes before its ticket is kept for it. */
  const byKey = (id: TicketActionId) => {
    const doIt = run[id];
    if (doIt === null) return null;
    return () => {
      if (isMeant()) doIt();
      else useCommandHandlers.getState().keep(id);
    };
  };
  useCommand('ticket.answer', byKey('ticket.answer'));
  useCommand('ticket.claim', byKey('ticket.claim'));
  useCommand('ticket.release', byKey('ticket.release'));
  useCommand('ticket.note', byKey('ticket.note'));
  useCommand('ticket.snooze', byKey('ticket.snooze'));
  useCommand('ticket.close', byKey('ticket.close'));
  useCommand('ticket.reopen', byKey('ticket.reopen'));
  useCommand('ticket.assign', byKey('ticket.assign'));
  useCommand('ticket.classify', byKey('ticket.classify'));
  useCommand('ticket.tags', byKey('ticket.tags'));
  useCommand('ticket.critical', byKey('ticket.critical'));
  useCommand('ticket.escalate', byKey('ticket.escalate'));
  useCommand('ticket.forward', byKey('ticket.forward'));
  useCommand('ticket.notARequest', byKey('ticket.notARequest'));
  useCommand('ticket.client', byKey('ticket.client'));
  useCommand('ticket.participants', byKey('ticket.participants'));
  useCommand('ticket.history', byKey('ticket.history'));
  useCommand('ticket.ledger', byKey('ticket.ledger'));
  useCommand('ticket.facts', byKey('ticket.facts'));
  useCommand('ticket.askFacts', byKey('ticket.askFacts'));
  useCommand('ticket.reason', byKey('ticket.reason'));
  useCommand('ticket.thanks', byKey('ticket.thanks'));
  useCommand('ticket.link', byKey('ticket.link'));
  useCommand('ticket.merge', byKey('ticket.merge'));
  useCommand('ticket.split', byKey('ticket.split'));

  const words: Readonly<Record<TicketActionId, string>> = {
    'ticket.answer': t('ticket.reply'),
    'ticket.claim': t('ticket.claim'),
    'ticket.release': t('ticket.release'),
    'ticket.note': t('note.open'),
    'ticket.snooze': t('snooze.open'),
    'ticket.close': t('closing.open'),
    'ticket.reopen': t('closing.reopen'),
    'ticket.assign': t('ticket.assign.open'),
    'ticket.classify': t('category.open'),
    'ticket.tags': t('tags.open'),
    'ticket.critical': ticket.critical === null ? t('critical.open') : t('critical.clear'),
    'ticket.escalate': t('escalation.open'),
    'ticket.forward': t('letter.forward'),
    'ticket.notARequest': t('closing.notARequest.open'),
    'ticket.client': t('client.edit'),
    'ticket.participants': t('client.participantsTitle'),
    'ticket.history': t('activity.open'),
    'ticket.ledger': t('ledger.title'),
    'ticket.facts': t('facts.open'),
    'ticket.askFacts': t('facts.ask'),
    'ticket.reason': t('reason.open'),
    'ticket.thanks': t('closing.thanks.open'),
    'ticket.link': t('relation.link.open'),
    'ticket.merge': t('relation.merge.open'),
    'ticket.split': t('relation.split.open'),
  };
  const dialogs: ReadonlySet<TicketActionId> = new Set(['ticket.snooze', 'ticket.close']);
  const lasting: ReadonlySet<TicketActionId> = new Set(['ticket.answer']);
  const isHeld = may.steer && !may.claim && !may.release;
  return ticketActionIds.map((id) => ({
    id,
    words: words[id],
    run: byKey(id),
    dialog: dialogs.has(id),
    always: (may.answer && lasting.has(id)) || (isHeld && id === 'ticket.claim'),
  }));
}

/** In the order of the menu. */
export const ticketActionIds: readonly TicketActionId[] = [
  'ticket.answer',
  'ticket.claim',
  'ticket.release',
  'ticket.note',
  'ticket.snooze',
  'ticket.close',
  'ticket.reopen',
  'ticket.assign',
  'ticket.classify',
  'ticket.tags',
  'ticket.facts',
  'ticket.askFacts',
  'ticket.reason',
  'ticket.critical',
  'ticket.escalate',
  'ticket.forward',
  'ticket.thanks',
  'ticket.notARequest',
  'ticket.link',
  'ticket.merge',
  'ticket.split',
  'ticket.client',
  'ticket.participants',
  'ticket.history',
  'ticket.ledger',
];
