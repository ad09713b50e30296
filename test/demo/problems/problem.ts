import type { AnswerKind } from '#shared/regulation/answer-kind.ts';

/**
 * One thing that institutions write about, and what the service says to it.
 *
 * Slots: `{site}` and `{org}` of the institution, `{date}` a day of the past weeks, `{n}` a number, `{person}` a colleague
 * of whoever writes.
 */
export interface Problem {
  /** The kind of work, by its id. */
  readonly category: string;
  readonly subject: string;
  readonly text: string;
  readonly answerKind: AnswerKind;
  readonly answer: string;
  /** What the client asks or tells after the answer, and the answer to that. */
  readonly more?: readonly [question: string, answer: string];
  readonly file?: DemoFileKind;
  /** Why it may go out of turn, as a senior agent would write it. */
  readonly outOfTurn?: string;
}

/** What clients attach. */
export type DemoFileKind = 'picture' | 'order' | 'list' | 'scan';
