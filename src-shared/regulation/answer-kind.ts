import { Type, type Static } from 'typebox';

/**
 * What an operator's answer is to the client; the agent chooses it when answering.
 *
 * - solution: the problem is solved
 * - recommendation: how the client can solve it
 * - clarification: a question to the client, without which there is no solution
 * - escalated: handed to the developers, and the client was told so
 * - refusal: outside the desk's responsibility, with the reason
 * - postponement: put off, with the reason (regulation section 3)
 * - notice: anything that answers nothing, such as "we have received your letter"
 */
export const AnswerKindSchema = Type.Union([
  Type.Literal('solution'),
  Type.Literal('recommendation'),
  Type.Literal('clarification'),
  Type.Literal('escalated'),
  Type.Literal('refusal'),
  Type.Literal('postponement'),
  Type.Literal('notice'),
]);

/** See {@link AnswerKindSchema}. */
export type AnswerKind = Static<typeof AnswerKindSchema>;

/** All kinds, in the order in which they are offered. */
export const ANSWER_KINDS: readonly AnswerKind[] = [
  'solution',
  'recommendation',
  'clarification',
  'escalated',
  'refusal',
  'postponement',
  'notice',
];

/** The kinds after which silence of the client closes the ticket (48 hours, regulation section 3). */
export const ARMING: ReadonlySet<AnswerKind> = new Set<AnswerKind>(['solution', 'recommendation', 'refusal']);
