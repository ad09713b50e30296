import type { Draft } from '#shared/bridge/draft.ts';
import type { NoteDraft } from '#shared/bridge/note-draft.ts';
import { packParts } from '#shared/bridge/packed-parts.ts';
import type { PendingOperation } from '#shared/bridge/pending.ts';
import type { FolderCursor, LettersFrame } from '#shared/bridge/streams.ts';
import type { AgentId, DraftId, LetterId, OperationId, TicketId } from '#shared/ids.ts';
import type { LetterContent } from '#shared/mail/letter-content.ts';
import type { Change } from '#shared/protocol/changes.ts';
import type { Regulation } from '#shared/regulation/regulation.ts';
import { RuleBook } from '#shared/regulation/rule-book.ts';
import { openTicket } from '#shared/ticket/apply-letter.ts';
import { jsonBytes } from '#renderer/cache/bytes.ts';
import type { Letter, LetterFacts, LetterLocation, MailFolder } from '#shared/ticket/letter.ts';
import type { Ticket } from '#shared/ticket/ticket.ts';

const rules = RuleBook.shipped();

/** Monday 2 March 2026, 10:00 in Minsk. */
export const mondayMorning = Date.UTC(2026, 2, 2, 7);
const minuteMs = 60_000;

/** A UUID whose digits depend on the number only; tickets made later have greater ones. */
function uuid(kind: number, number: number): string {
  const time = (0x0190_0000_0000 + number).toString(16).padStart(12, '0');
  const tail = (Math.imul(number + 1, 0x9e37_79b1) >>> 0).toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8${kind.toString(16).padStart(3, '0')}-${tail}`;
}

export const agentId = uuid(1, 1) as AgentId;
export const colleagueId = uuid(1, 2) as AgentId;

export function sampleTicketId(number: number): TicketId {
  return uuid(2, number) as TicketId;
}

export function sampleLetterId(number: number): LetterId {
  const digits = (Math.imul(number + 1, 0x85eb_ca6b) >>> 0).toString(16).padStart(8, '0');
  return `1:${digits.repeat(8)}` as LetterId;
}

const client = { name: 'Ганна Ковалёва', address: 'hanna.kavaleva@school-12.example' };
/** Words that must never be found in the database. */
export const secretWords = [
  'Ковалёва',
  'hanna.kavaleva',
  'school-12',
  'Расписание',
  'не печатается',
  'секретное слово',
];

function facts(number: number, receivedAt: number): LetterFacts {
  return {
    id: sampleLetterId(number),
    location: { folder: 'inbox', uidValidity: '7', uid: number + 1 },
    messageId: `<${number}@school-12.example>`,
    inReplyTo: [],
    references: [],
    from: client,
    to: [],
    cc: [],
    subject: `Расписание ${number} не печатается`,
    receivedAt,
    size: 7000,
    kind: 'human',
    bounce: null,
    hops: 0,
  };
}

/** Ticket `number` came `number` minutes after Monday morning. */
export function sampleTicket(number: number, changes: Partial<Ticket> = {}): Ticket {
  const letter = facts(number, mondayMorning + number * minuteMs);
  const given = {
    id: sampleTicketId(number),
    number: number + 1,
    token: 'ABCDEFGH',
    subject: letter.subject,
    participants: [client.address],
    possibleFollowUpOf: null,
  };
  return { ...openTicket(letter, given, rules), ...changes };
}

/** Letter `number`, the first one of ticket `ticketNumber`. */
export function sampleLetter(number: number, ticketNumber = number): Letter {
  const { id, location, messageId, from, to, cc, subject, receivedAt, kind } = facts(
    number,
    mondayMorning + number * minuteMs,
  );
  return {
    id,
    direction: 'in',
    disposition: { state: 'ticket', ticketId: sampleTicketId(ticketNumber) },
    messageId,
    from,
    to,
    cc,
    subject,
    receivedAt,
    kind,
    bounce: null,
    answerKind: null,
    agentId: null,
    locations: [location],
  };
}

export function sampleContent(number: number, text = 'секретное слово'): LetterContent {
  const { id, messageId, from, subject, receivedAt, kind, size } = facts(
    number,
    mondayMorning + number * minuteMs,
  );
  return {
    id,
    messageId,
    inReplyTo: [],
    references: [],
    from,
    to: [],
    cc: [],
    replyTo: [],
    subject,
    dateAt: receivedAt,
    receivedAt,
    size,
    kind,
    parts: [{ kind: 'text', text }],
    text,
    attachments: [],
    bounce: null,
    complete: true,
  };
}

export function ticketChange(version: number, ticket: Ticket): Change {
  return { entity: 'ticket', id: ticket.id, version, state: ticket };
}

/** The shipped regulation with so many working days until a deadline. */
export function sampleRegulation(revision: number, days: number, since = mondayMorning): Regulation {
  const { profile, categories, calendar } = rules.current;
  return {
    revision,
    since,
    profile: { ...profile, deadline: { ...profile.deadline, days, targetDays: days } },
    categories: [...categories],
    calendar: calendar.calendar,
  };
}

export function regulationChange(version: number, regulation: Regulation): Change {
  return { entity: 'regulation', id: `${regulation.revision}`, version, state: regulation };
}

export function letterChange(version: number, letter: Letter): Change {
  return { entity: 'letter', id: letter.id, version, state: letter };
}

/** A letter of the folder, by default with a UID that follows from its number. */
export function letterFrame(
  number: number,
  {
    folder = 'inbox',
    uidValidity = '7',
    uid = number + 1,
    text = 'секретное слово',
  }: Partial<LetterLocation & { text: string }> = {},
): LettersFrame {
  return { type: 'letter', location: { folder, uidValidity, uid }, content: sampleContent(number, text) };
}

/** The same letters in one bundle. */
export async function lettersFrame(
  numbers: readonly number[],
  { uidValidity = '7', text = 'секретное слово' }: { uidValidity?: string; text?: string } = {},
): Promise<LettersFrame> {
  const contents = packParts(numbers.map((number) => jsonBytes(sampleContent(number, text))));
  const stream = new Blob([contents]).stream().pipeThrough(new CompressionStream('deflate-raw'));
  const deflated = new Uint8Array(await new Response(stream).arrayBuffer());
  return {
    type: 'letters',
    folder: 'inbox',
    uidValidity,
    letters: numbers.map((number) => ({ id: sampleLetterId(number), uid: number + 1 })),
    contents: btoa(String.fromCharCode(...deflated)),
  };
}

export function folderFrame(uidValidity = '7', folder: MailFolder = 'inbox'): LettersFrame {
  return { type: 'folder', folder, uidValidity };
}

export const synced: NonNullable<FolderCursor['synced']> = { highestModseq: '12', uidNext: 100, exists: 2 };

/** The desk's own agent claims a ticket. */
export function sampleClaim(number: number, state: PendingOperation['state']): PendingOperation {
  const operation = {
    id: uuid(3, number) as OperationId,
    ticketId: sampleTicketId(number),
    kind: 'claim-ticket' as const,
    madeAt: mondayMorning,
    until: mondayMorning + 480 * minuteMs,
  };
  return { operation, author: { agentId, role: 'agent' }, state };
}

/** The desk's own agent writes a note, `number` minutes after Monday morning. */
export function sampleNote(
  number: number,
  ticketNumber: number,
  state: PendingOperation['state'] = { kind: 'waiting' },
): PendingOperation {
  const operation = {
    id: uuid(5, number) as OperationId,
    ticketId: sampleTicketId(ticketNumber),
    kind: 'add-note' as const,
    madeAt: mondayMorning + number * minuteMs,
    text: `заметка ${number}: секретное слово`,
  };
  return { operation, author: { agentId, role: 'agent' }, state };
}

/** The desk's own agent writes down a call that nobody has a ticket for yet. */
export function sampleCall(number: number, state: PendingOperation['state']): PendingOperation {
  const operation = {
    id: uuid(6, number) as OperationId,
    ticketId: sampleTicketId(number),
    kind: 'create-ticket' as const,
    madeAt: mondayMorning + number * minuteMs,
    token: 'K7M2Q9XZ',
    channel: 'phone' as const,
    subject: 'Звонок: не открывается дневник',
    client: { name: 'Алесь Міцкевіч', address: '', phone: '+375 29 123-45-67' },
  };
  return { operation, author: { agentId, role: 'agent' }, state };
}

/** What the API says of an operation that it applied. */
export function activityChange(version: number, { operation, author }: PendingOperation): Change {
  const { id, ticketId } = operation;
  return { entity: 'activity', id, version, state: { id, ticketId, agentId: author.agentId, operation } };
}

export function sampleDraft(number: number, text: string): Draft {
  return {
    id: uuid(4, number) as DraftId,
    ticketId: sampleTicketId(number),
    ticketToken: 'ABCDEFGH',
    to: [client],
    cc: [],
    subject: 'Re: Расписание',
    text,
    html: '',
    purpose: 'answer',
    fromName: '',
    answerKind: 'solution',
    attachments: [],
    inReplyTo: null,
    references: [],
    ticketVersion: 1,
    updatedAt: mondayMorning,
  };
}

export function sampleNoteDraft(number: number, text: string): NoteDraft {
  return {
    id: uuid(8, number) as OperationId,
    ticketId: sampleTicketId(number),
    text,
    updatedAt: mondayMorning,
  };
}
