import type { AnswerKind } from '../regulation/answer-kind.ts';
import type { RuleBook, Rules } from '../regulation/rule-book.ts';
import { explainDeadline, type ExplainedDeadline } from './ledger.ts';
import { endsWait, reactionPeriods, type ReactionEvent, type ReactionPeriod } from './reaction.ts';

/** What happened while a client waited and did not end the wait. */
export type Meanwhile =
  | { readonly kind: 'reminder'; readonly at: number }
  /** An answer that is no reaction by the policy of its day, or an automatic one. */
  | {
      readonly kind: 'no-reaction';
      readonly at: number;
      readonly answerKind: AnswerKind;
      readonly human: boolean;
    }
  /** An earlier answer came back; `permanent`: it did not arrive and will not. */
  | { readonly kind: 'bounce'; readonly at: number; readonly permanent: boolean };

/**
 * How a reaction stands to its deadline: given in time or late, waited for in time or too late, or not needed any more
 * because the ticket was closed.
 */
export type PeriodStanding = 'in-time' | 'late' | 'waiting' | 'overdue' | 'closed';

/** A reaction period of a ticket with everything that proves its deadline. */
export interface ProvedPeriod extends ReactionPeriod {
  /** The version of the regulation that judges it. */
  readonly rules: Rules;
  readonly explained: ExplainedDeadline;
  /** Of the answer that ended it; null where no answer did. */
  readonly answerKind: AnswerKind | null;
  /** In order of time. */
  readonly meanwhile: readonly Meanwhile[];
  readonly standing: PeriodStanding;
}

/**
 * The proof of every reaction period of a ticket, in order of time.
 *
 * A period that has ended is judged by what was in force when it ended, whatever changed since; one that is open by what
 * is in force now.
 */
export function provePeriods(
  events: readonly ReactionEvent[],
  book: RuleBook,
  now: number,
): readonly ProvedPeriod[] {
  const inOrder = events.toSorted((a, b) => a.at - b.at);
  return reactionPeriods(inOrder, book).map((period) => {
    const { startedAt, endedAt } = period;
    const rules = endedAt === null ? book.current : book.at(endedAt);
    const explained = explainDeadline(startedAt, rules.calendar, rules.deadline);
    const opening = inOrder.findIndex(({ kind, at }) => kind === 'client-contact' && at === startedAt);
    const ending = inOrder.findIndex((event) => event.at === endedAt && isEnd(event, period, book));
    const answer = inOrder[ending];
    return {
      ...period,
      rules,
      explained,
      answerKind: answer?.kind === 'answer' ? answer.answerKind : null,
      meanwhile: inOrder.slice(opening + 1, ending === -1 ? undefined : ending).flatMap(meanwhileOf),
      standing: standingOf(period, explained.deadlineAt, now),
    };
  });
}

function isEnd(event: ReactionEvent, { endedBy }: ReactionPeriod, book: RuleBook): boolean {
  return event.kind === endedBy && endsWait(event, book);
}

function meanwhileOf(event: ReactionEvent): Meanwhile[] {
  switch (event.kind) {
    case 'client-contact':
      return [{ kind: 'reminder', at: event.at }];
    case 'answer':
      return [{ kind: 'no-reaction', at: event.at, answerKind: event.answerKind, human: event.human }];
    case 'bounce':
      return [
        { kind: 'bounce', at: event.at, permanent: event.recipients.some(({ permanent }) => permanent) },
      ];
    case 'closing':
      return [];
  }
}

function standingOf({ endedAt, endedBy }: ReactionPeriod, deadlineAt: number, now: number): PeriodStanding {
  if (endedAt === null) return now > deadlineAt ? 'overdue' : 'waiting';
  // What was closed too late was owed until then.
  if (endedAt > deadlineAt) return 'late';
  return endedBy === 'answer' ? 'in-time' : 'closed';
}
