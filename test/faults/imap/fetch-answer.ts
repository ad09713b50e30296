import type { ServerFault } from './armed-faults.ts';
import type { StoredLetter } from './mail-store.ts';

/** One untagged FETCH response: its words, and the letter's bytes if they were asked for. */
export interface FetchRow {
  readonly uid: number;
  readonly seq: number;
  readonly items: string;
  readonly section: '' | 'HEADER' | null;
  readonly bytes: Buffer;
}

/** What goes over the wire, and what becomes of the connection after it. */
export interface WireAnswer {
  readonly bytes: Buffer;
  readonly afterwards: 'go-on' | 'end' | 'stall';
}

const monthNames = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** The row of one letter for `UID FETCH set (items)`. */
export function fetchRow(letter: StoredLetter, seq: number, command: string): FetchRow {
  const items = [`UID ${letter.uid}`];
  if (command.includes('RFC822.SIZE')) items.push(`RFC822.SIZE ${letter.size}`);
  if (command.includes('INTERNALDATE')) items.push(`INTERNALDATE "${imapDate(letter.internalDateAt)}"`);
  if (command.includes('MODSEQ')) items.push(`MODSEQ (${letter.modseq})`);
  const section = command.includes('BODY.PEEK[HEADER]')
    ? 'HEADER'
    : command.includes('BODY.PEEK[]')
      ? ''
      : null;
  const headerEnd = letter.bytes.indexOf('\r\n\r\n');
  const whole = section === '' || headerEnd === -1;
  return {
    uid: letter.uid,
    seq,
    items: items.join(' '),
    section,
    bytes:
      section === null ? Buffer.alloc(0) : whole ? letter.bytes : letter.bytes.subarray(0, headerEnd + 4),
  };
}

/** RFC 3501 §9 date-time, in the server's zone. */
function imapDate(at: number): string {
  const local = new Date(at + 3 * 3_600_000);
  const two = (number: number): string => String(number).padStart(2, '0');
  const day = String(local.getUTCDate()).padStart(2, ' ');
  const time = [local.getUTCHours(), local.getUTCMinutes(), local.getUTCSeconds()].map(two).join(':');
  return `${day}-${monthNames[local.getUTCMonth()] ?? ''}-${local.getUTCFullYear()} ${time} +0300`;
}

/** The whole answer to a FETCH, with the fault in it. */
export function fetchAnswer(
  tag: string,
  rows: readonly FetchRow[],
  fault: ServerFault | null,
  unasked: FetchRow | null,
): WireAnswer {
  const done = `${tag} OK done\r\n`;
  const at = fault !== null && 'share' in fault ? Math.floor(fault.share * rows.length) : 0;
  const chosen = rows[at];
  const before = rows.slice(0, at);
  const after = rows.slice(at + 1);
  const goOn = (...parts: (string | Buffer)[]): WireAnswer => ({ bytes: joined(parts), afterwards: 'go-on' });
  if (fault === null || chosen === undefined) {
    if (fault?.kind === 'refuse') return goOn(`${tag} ${fault.answer} [SERVERBUG] not now\r\n`);
    if (fault?.kind === 'bye') return { bytes: joined([`* BYE ${fault.words}\r\n`]), afterwards: 'end' };
    return goOn(...rows.map((row) => rowBytes(row)), done);
  }
  switch (fault.kind) {
    case 'drop':
    case 'stall': {
      const whole = rowBytes(chosen);
      const literal = whole.length - chosen.bytes.length - 3;
      const cut = whole.subarray(0, literal + Math.floor(chosen.bytes.length * fault.share));
      return {
        bytes: joined([...before.map((row) => rowBytes(row)), cut]),
        afterwards: fault.kind === 'drop' ? 'end' : 'stall',
      };
    }
    case 'bye':
      return {
        bytes: joined([...before.map((row) => rowBytes(row)), `* BYE ${fault.words}\r\n`]),
        afterwards: 'end',
      };
    case 'refuse':
      return goOn(...before.map((row) => rowBytes(row)), `${tag} ${fault.answer} [SERVERBUG] not now\r\n`);
    case 'letters-missing':
      return goOn(...thinned(rows, at, fault.keep).map((row) => rowBytes(row)), done);
    case 'literal-short':
      return goOn(
        ...before.map((row) => rowBytes(row)),
        rowBytes(chosen, chosen.bytes.length, fault.bytes),
        ...after.map((row) => rowBytes(row)),
        done,
      );
    case 'literal-long':
      return goOn(
        ...before.map((row) => rowBytes(row)),
        rowBytes(chosen, Math.max(0, chosen.bytes.length - fault.bytes)),
        ...after.map((row) => rowBytes(row)),
        done,
      );
    case 'garbage':
      return goOn(
        ...before.map((row) => rowBytes(row)),
        ...fault.lines.map((line) => Buffer.from(`${line}\r\n`, 'latin1')),
        rowBytes(chosen),
        ...after.map((row) => rowBytes(row)),
        done,
      );
    case 'uid-twice':
      return goOn(
        ...before.map((row) => rowBytes(row)),
        rowBytes(chosen),
        rowBytes(chosen),
        ...after.map((row) => rowBytes(row)),
        done,
      );
    case 'unsolicited-fetch': {
      const uid = fault.withUid ? ` UID ${chosen.uid}` : '';
      const flags = `* ${chosen.seq} FETCH (FLAGS (\\Seen)${uid})\r\n`;
      return goOn(
        ...before.map((row) => rowBytes(row)),
        flags,
        rowBytes(chosen),
        flags,
        ...after.map((row) => rowBytes(row)),
        done,
      );
    }
    case 'expunge-during-fetch': {
      const shifted = after.map((row) => rowBytes({ ...row, seq: row.seq - 1 }));
      return goOn(...before.map((row) => rowBytes(row)), `* ${chosen.seq} EXPUNGE\r\n`, ...shifted, done);
    }
    case 'empty-letter':
      return goOn(
        ...before.map((row) => rowBytes(row)),
        emptyRow(chosen, fault.isNil),
        ...after.map((row) => rowBytes(row)),
        done,
      );
    case 'unasked-letter':
      return goOn(
        ...before.map((row) => rowBytes(row)),
        ...(unasked === null ? [] : [rowBytes(unasked)]),
        rowBytes(chosen),
        ...after.map((row) => rowBytes(row)),
        done,
      );
    case 'only-letter-missing':
      return goOn(done);
    case 'search-missing':
    case 'exists-lies':
    case 'looks-empty':
    case 'idle-dead':
    case 'limit':
    case 'log-in-refused':
      return goOn(...rows.map((row) => rowBytes(row)), done);
  }
}

/** All but those from `at` on; `keep` of these stay, the last ones. */
export function thinned<T>(items: readonly T[], at: number, keep: number): T[] {
  return [...items.slice(0, at), ...items.slice(Math.max(at + 1, items.length - keep))];
}

/** `announced` and `withheld` make the literal another length than its announcement. */
function rowBytes(row: FetchRow, announced = row.bytes.length, withheld = 0): Buffer {
  const { seq, items, section, bytes } = row;
  if (section === null) return Buffer.from(`* ${seq} FETCH (${items})\r\n`);
  return joined([
    `* ${seq} FETCH (${items} BODY[${section}] {${announced}}\r\n`,
    bytes.subarray(0, Math.max(0, bytes.length - withheld)),
    ')\r\n',
  ]);
}

function emptyRow({ seq, items, section }: FetchRow, isNil: boolean): Buffer {
  return Buffer.from(`* ${seq} FETCH (${items} BODY[${section ?? ''}] ${isNil ? 'NIL' : '{0}\r\n'})\r\n`);
}

function joined(parts: readonly (string | Buffer)[]): Buffer {
  return Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : part)));
}
