import { readBounceText } from './bounce-text.ts';
import type { ReportedFailures } from './classify.ts';
import { parseFailedRecipients, type DeliveryFailure } from './delivery-status.ts';
import type { Bounce } from './parsed-letter.ts';

/** What a bounce is read from. */
export interface BounceSources {
  /** From the delivery-status part; null where there is none. */
  readonly reported: ReportedFailures;
  /** The X-Failed-Recipients header, or an empty string. */
  readonly failedRecipients: string;
  /** The readable notice, which may hold the letter that bounced too. */
  readonly text: string;
  /** Message-ID of the attached letter or of its attached headers, or null. */
  readonly returnedMessageId: string | null;
  /** Of the bounce itself: servers that return no letter refer to it at least. */
  readonly inReplyTo: readonly string[];
}

/**
 * Puts together who did not get the letter and which letter it was. What was written for machines goes before what was
 * written for people, which then only adds the reasons that are missing. Every recipient is there once, and stays
 * permanently failed when anything says so.
 */
export function readBounce(sources: BounceSources): Bounce {
  const notice = readBounceText(sources.text);
  const named = [...(sources.reported ?? []), ...parseFailedRecipients(sources.failedRecipients)];
  return {
    recipients: mergeFailures(named.length > 0 ? named : notice.failures, notice.failures),
    originalMessageId: sources.returnedMessageId ?? notice.originalMessageId ?? sources.inReplyTo[0] ?? null,
  };
}

function mergeFailures(
  named: readonly DeliveryFailure[],
  told: readonly DeliveryFailure[],
): DeliveryFailure[] {
  const reasons = new Map(told.map((failure) => [failure.address, failure]));
  const merged = new Map<string, DeliveryFailure>();
  for (const failure of named) {
    const known = failure.status === null ? (reasons.get(failure.address) ?? failure) : failure;
    const before = merged.get(failure.address);
    const settled = before !== undefined && (known.status === null || (before.permanent && !known.permanent));
    if (!settled) merged.set(failure.address, known);
  }
  return [...merged.values()];
}
