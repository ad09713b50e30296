import type { AnswerKind } from '#shared/regulation/answer-kind.ts';
import type { AgentClosingOutcome, Ticket } from '#shared/ticket/ticket.ts';
import type { Institution, Person } from './institutions.ts';
import type { DemoFile } from './make-files.ts';
import type { TeamLogin } from './team.ts';
import type { MailProgram } from './write-letter.ts';

/** A letter of the past. */
export interface PlannedLetter {
  readonly at: number;
  readonly messageId: string;
  /** What the writer says; greeting and signature are there already. */
  readonly text: string;
  readonly files: readonly DemoFile[];
  /** Null for a client's letter. */
  readonly answer: { readonly by: TeamLogin; readonly kind: AnswerKind } | null;
  /** Another than the ticket's client: a stranger to whom a letter was passed on. */
  readonly writer: Person | null;
}

/** What an agent did, apart from letters. */
export type PlannedDeed = {
  readonly at: number;
  readonly by: TeamLogin;
} & (
  | { readonly kind: 'claim' }
  | { readonly kind: 'assign'; readonly to: TeamLogin }
  | { readonly kind: 'classify'; readonly category: string }
  | { readonly kind: 'tag'; readonly tag: string }
  | { readonly kind: 'note'; readonly text: string }
  | { readonly kind: 'critical'; readonly reason: string }
  | { readonly kind: 'escalate'; readonly reference: string }
  | { readonly kind: 'snooze'; readonly until: number }
  | { readonly kind: 'close'; readonly outcome: AgentClosingOutcome; readonly reason: string }
);

/** One ticket of the past, from its first word to where it stands now. */
export interface TicketPlan {
  readonly channel: Ticket['channel'];
  /** True where the first word is the service's: a call that was written down, or a letter of its own. */
  readonly begunBy: TeamLogin | null;
  readonly startedAt: number;
  readonly institution: Institution;
  readonly client: Person;
  readonly subject: string;
  readonly program: MailProgram;
  readonly letters: readonly PlannedLetter[];
  readonly deeds: readonly PlannedDeed[];
  /** Its first letter quotes the thread of another institution's ticket, whose participant the writer is not. */
  readonly followsStranger: boolean;
  /** Why it may go out of turn; null where nothing speaks for that. */
  readonly outOfTurn: string | null;
}
