/**
 * A `tel:` link for a telephone number as somebody wrote it; null where too few digits are in it.
 *
 * Belarusian habits are understood (domain facts of E.164): `8 017 ...` and `80 17 ...` dial within the country,
 * `8 10 375 ...` and `00 375 ...` from abroad. What follows an extension mark is left out: it is dialled by hand.
 */
export function telephoneUrl(phone: string): string | null {
  const [number = ''] = phone.toLowerCase().split(/[^\d\s()+\-.]/u);
  const digits = number.replaceAll(/\D/gu, '');
  if (digits.length < 5) return null;
  if (number.trim().startsWith('+')) return `tel:+${digits}`;
  for (const prefix of ['810', '00']) {
    if (digits.startsWith(`${prefix}375`)) return `tel:+${digits.slice(prefix.length)}`;
  }
  if (digits.startsWith('375') && digits.length === 12) return `tel:+${digits}`;
  if (digits.startsWith('80') && digits.length === 11) return `tel:+375${digits.slice(2)}`;
  return `tel:${digits}`;
}
