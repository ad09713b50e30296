import type { QueueSection } from '#shared/protocol/queue.ts';

/** The queue's sections in the order in which they are shown; the one an agent works through comes first. */
export const queueSections: readonly QueueSection[] = [
  'to-answer',
  'mine',
  'critical',
  'waiting',
  'closed',
  'all',
];
