/** A whole number in groups of three digits with non-breaking spaces, alike in all languages: 12 345. */
export function formatNumber(value: number): string {
  return String(Math.trunc(value)).replaceAll(/\B(?=(?:\d{3})+$)/gu, '\u00A0');
}
