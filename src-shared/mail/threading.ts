import { messageIdLimits } from './message-id.ts';
import { findToken } from './subject.ts';

/** What a letter offers for joining it to a ticket; the API decides (sender must be a participant). */
export interface ThreadingCandidates {
  readonly token: string | null;
  readonly inReplyTo: readonly string[];
  /** Every id the letter refers to, from References and In-Reply-To, each once. */
  readonly references: readonly string[];
}

/** Takes the joining candidates from a letter's header values. */
export function threadingCandidates(letter: {
  readonly subject: string;
  readonly inReplyTo: readonly string[];
  readonly references: readonly string[];
}): ThreadingCandidates {
  const all = [...new Set([...letter.references, ...letter.inReplyTo])];
  return {
    token: findToken(letter.subject),
    inReplyTo: letter.inReplyTo,
    references:
      all.length <= messageIdLimits.references ? all : all.slice(all.length - messageIdLimits.references),
  };
}
