import type { JournalRecord } from '#main/journal/journal-record.ts';

/** The steps of an outgoing letter that the journal knows, in their order. */
export const transitions = ['QUEUED', 'CONNECTED', 'FLUSHED', 'ACCEPTED', 'FILED', 'REPORTED'] as const;
export type Transition = (typeof transitions)[number];

/** Where a desk dies: around a journal record, or right after somebody outside did what the desk had asked for. */
export type Moment =
  | `${Transition} ${'unwritten' | 'unsynced' | 'synced'}`
  /** The API has granted the claim. */
  | 'claimed'
  /** The server has the final dot. */
  | 'dot'
  /** The copy lies in Sent. */
  | 'appended'
  /** The API has applied the operation. */
  | 'pushed';

export const moments: readonly Moment[] = [
  ...transitions.flatMap((transition) =>
    (['unwritten', 'unsynced', 'synced'] as const).map((step): Moment => `${transition} ${step}`),
  ),
  'claimed',
  'dot',
  'appended',
  'pushed',
];

/** Between what was let go and the word that was written down: where nobody can know. */
export const unknowable: ReadonlySet<Moment> = new Set([
  'FLUSHED unsynced',
  'FLUSHED synced',
  'dot',
  'ACCEPTED unwritten',
  'ACCEPTED unsynced',
]);

/** The transition that a record stands for; null for what is none. */
export function transitionOf(record: JournalRecord): Transition | null {
  switch (record.kind) {
    case 'outgoing-queued':
      return 'QUEUED';
    case 'operation-answered':
      return 'REPORTED';
    case 'outgoing-moved':
      switch (record.state) {
        case 'sending':
          return 'CONNECTED';
        case 'uncertain':
          return record.reason === null ? 'FLUSHED' : null;
        case 'sent':
        case 'partial':
          return record.filed ? 'FILED' : 'ACCEPTED';
        case 'queued':
        case 'held':
        case 'failed':
          return null;
      }
    default:
      return null;
  }
}
