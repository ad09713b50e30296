/** What a number field gives, as a number: NaN, which no schema lets pass, while it is empty or half typed. */
export function wholeNumber(typed: number | string): number {
  return typed === '' ? Number.NaN : Number(typed);
}
