/** Groups of three digits, alike in all languages. */
export function formatCount(count: number): string {
  return String(count).replaceAll(/\B(?=(?:\d{3})+$)/gu, '\u00a0');
}
