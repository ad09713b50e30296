import type { Operation } from '#shared/ticket/operation.ts';

/** The dialogs of a ticket in which a refused operation can be decided anew. */
export type RedoForm =
  | 'assign'
  | 'classify'
  | 'client'
  | 'close'
  | 'critical'
  | 'escalate'
  | 'participants'
  | 'reason'
  | 'snooze'
  | 'tags';

const forms: Readonly<Partial<Record<Operation['kind'], RedoForm>>> = {
  'add-participant': 'participants',
  'assign-ticket': 'assign',
  'change-client': 'client',
  'classify-ticket': 'classify',
  'close-ticket': 'close',
  'escalate-ticket': 'escalate',
  'give-reason': 'reason',
  'set-criticality': 'critical',
  'snooze-ticket': 'snooze',
  'tag-ticket': 'tags',
};

/** Where it is made; null for what is made without a form, or with one that no open ticket has. */
export function redoForm(kind: Operation['kind']): RedoForm | null {
  return forms[kind] ?? null;
}
