/**
 * The rules that a step of a deadline's ledger rests on.
 *
 * - regulation-3-reaction: «Время реакции ... не может быть более трех рабочих дней»
 * - regulation-4-hours: «СТП работает с 9 до 18 часов по минскому времени кроме выходных и праздничных дней»
 * - civil-code-192: a term begins on the day after the event that starts it
 * - civil-code-195: what must be done in an organisation is due when its work ends on the last day
 */
export type Clause = 'regulation-3-reaction' | 'regulation-4-hours' | 'civil-code-192' | 'civil-code-195';
