import type { Draft, Outgoing } from '#shared/bridge/draft.ts';
import type { DraftId, LetterId, OutgoingId, TicketId } from '#shared/ids.ts';
import type { LetterContent } from '#shared/mail/letter-content.ts';
import type { Letter } from '#shared/ticket/letter.ts';
import type { Ticket } from '#shared/ticket/ticket.ts';

const uuid = (n: number): string => `01900000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;

export const client = { name: 'Ирина', address: 'irina@school.example' };
export const service = { name: 'Support', address: 'info@support.example' };
const ticketId = uuid(100) as TicketId;

/** Tue 10.11.2026 10:15 in Minsk. */
export const receivedAt = Date.UTC(2026, 10, 10, 7, 15);

export function ticket(changes: Partial<Ticket> = {}): Ticket {
  return {
    id: ticketId,
    number: 7,
    token: '0123ABCD',
    subject: 'Квота [STP-0123ABCD]',
    status: 'open',
    channel: 'mail',
    client: { ...client, phone: '' },
    participants: [client.address, 'director@school.example'],
    receivedAt,
    reactionStartedAt: receivedAt,
    events: [],
    critical: null,
    holder: null,
    assigneeId: null,
    category: null,
    tags: [],
    facts: {},
    reason: null,
    snooze: null,
    escalation: null,
    closing: null,
    links: [],
    mergedInto: null,
    noteCount: 0,
    possibleFollowUpOf: null,
    letterCount: 1,
    lastLetterAt: receivedAt,
    lastClientLetterAt: receivedAt,
    lastAnswerAt: null,
    ...changes,
  };
}

export function letter(
  n: number,
  changes: Partial<Letter & { content: LetterContent | null }> = {},
): Letter & { content: LetterContent | null } {
  return {
    id: `1:${n.toString(16).padStart(64, '0')}` as LetterId,
    direction: 'in',
    disposition: { state: 'ticket', ticketId },
    messageId: `<${n}@school.example>`,
    from: client,
    to: [service],
    cc: [],
    subject: 'Квота',
    receivedAt: receivedAt + n,
    kind: 'human',
    bounce: null,
    answerKind: null,
    agentId: null,
    locations: [],
    content: null,
    ...changes,
  };
}

export function content(n: number, changes: Partial<LetterContent> = {}): LetterContent {
  const { id, messageId, from, to, cc, subject, receivedAt, kind } = letter(n);
  return {
    id,
    messageId,
    inReplyTo: [],
    references: [],
    from,
    to,
    cc,
    replyTo: [],
    subject,
    dateAt: receivedAt,
    receivedAt,
    size: 100,
    kind,
    parts: [{ kind: 'text', text: 'Добрый день' }],
    text: 'Добрый день',
    attachments: [],
    bounce: null,
    complete: true,
    ...changes,
  };
}

export function draft(changes: Partial<Draft> = {}): Draft {
  return {
    id: uuid(200) as DraftId,
    ticketId,
    ticketToken: '0123ABCD',
    to: [client],
    cc: [],
    subject: 'Re: Квота',
    text: 'Готово',
    html: '',
    purpose: 'answer',
    fromName: '',
    answerKind: 'solution',
    attachments: [],
    inReplyTo: null,
    references: [],
    ticketVersion: 1,
    updatedAt: receivedAt,
    ...changes,
  };
}

export function outgoing(n: number, changes: Partial<Outgoing> = {}): Outgoing {
  return {
    id: uuid(300 + n) as OutgoingId,
    ticketId,
    draft: draft(),
    state: 'queued',
    messageId: `<out-${n}@support.example>`,
    queuedAt: receivedAt + 1000 * n,
    releaseAt: receivedAt + 1000 * n,
    reason: null,
    recipients: [],
    filed: false,
    ...changes,
  };
}
