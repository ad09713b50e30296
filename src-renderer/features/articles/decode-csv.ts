/** How a file's bytes were read. */
export type CsvEncoding = 'utf-8' | 'utf-16' | 'windows-1251';

/**
 * The text of a file that a spreadsheet wrote; never fails.
 *
 * What is no UTF-8 to the last byte is windows-1251, as Excel writes CSV on Russian and Belarusian systems. A byte order
 * mark decides before that, and is dropped.
 */
export function decodeCsv(bytes: Uint8Array): { readonly text: string; readonly encoding: CsvEncoding } {
  const mark = (bytes[0] ?? 0) * 256 + (bytes[1] ?? 0);
  if (mark === 0xff_fe) return { text: new TextDecoder('utf-16le').decode(bytes), encoding: 'utf-16' };
  if (mark === 0xfe_ff) return { text: new TextDecoder('utf-16be').decode(bytes), encoding: 'utf-16' };
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'utf-8' };
  } catch {
    return { text: new TextDecoder('windows-1251').decode(bytes), encoding: 'windows-1251' };
  }
}
