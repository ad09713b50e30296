import type { StoredFolder, StoredLetter } from './mail-store.ts';

/** Whether the UID is in an IMAP set, `last` being `*`. */
export function isInSet(set: string, uid: number, last: number): boolean {
  return set.split(',').some((item) => {
    const [first, end = first] = item.split(':').map((text) => (text === '*' ? last : Number(text)));
    if (first === undefined || end === undefined) return false;
    return uid >= Math.min(first, end) && uid <= Math.max(first, end);
  });
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** The keys that a desk searches with; the day is that of the server's zone (RFC 3501 §6.4.4). */
export function matches(letter: StoredLetter, command: string, folder: StoredFolder): boolean {
  const set = / UID ([\d:*,]+)/u.exec(command)?.[1];
  if (set !== undefined && !isInSet(set, letter.uid, folder.letters.at(-1)?.uid ?? 0)) return false;
  const larger = / LARGER (\d+)/u.exec(command)?.[1];
  if (larger !== undefined && letter.bytes.length <= Number(larger)) return false;
  const [, not, key, day, month, year] = / (NOT )?(SINCE|BEFORE) "?(\d+)-(\w+)-(\d+)"?/u.exec(command) ?? [];
  if (day !== undefined) {
    const at = Date.UTC(Number(year), months.indexOf(month ?? ''), Number(day)) - 3 * 3_600_000;
    const isSince = letter.internalDateAt >= at;
    if ((key === 'SINCE') !== (not === undefined ? isSince : !isSince)) return false;
  }
  const messageId = / HEADER "?message-id"? "?([^" ]+)/iu.exec(command)?.[1];
  return messageId === undefined || letter.bytes.includes(messageId);
}
