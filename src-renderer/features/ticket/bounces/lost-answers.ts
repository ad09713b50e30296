import type { BounceRecipient } from '#shared/mail/bounce-recipient.ts';
import type { Ticket } from '#shared/ticket/ticket.ts';

/** An answer that did not reach everybody, as far as mail servers have said so. */
export interface LostAnswer {
  /** Of the answer, with angle brackets. */
  readonly messageId: string;
  /** When a server said so last. */
  readonly at: number;
  /** Each once, as the last report about them has it. */
  readonly recipients: readonly BounceRecipient[];
}

/**
 * What the agent has to know of the ticket's last answer: whom it did not reach. Null where nothing bounced, or where
 * another answer was given since. A later "not yet" takes no "for good" back.
 */
export function lostAnswer({ events }: Pick<Ticket, 'events'>): LostAnswer | null {
  const answers = events.filter((event) => event.kind === 'answer').toSorted((a, b) => a.at - b.at);
  const last = answers.at(-1);
  const reports = events
    .filter((event) => event.kind === 'bounce')
    .filter(({ messageId, at }) => last === undefined || messageId === last.messageId || at > last.at)
    .toSorted((a, b) => a.at - b.at);
  const newest = reports.at(-1);
  if (newest === undefined) return null;
  const recipients = new Map<string, BounceRecipient>();
  for (const recipient of reports.flatMap((report) => report.recipients)) {
    const before = recipients.get(recipient.address);
    if (before?.permanent !== true || recipient.permanent) recipients.set(recipient.address, recipient);
  }
  return { messageId: newest.messageId, at: newest.at, recipients: [...recipients.values()] };
}
