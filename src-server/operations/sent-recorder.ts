import type { LetterId, TicketId } from '#shared/ids.ts';
import { normaliseAddress } from '#shared/mail/addresses.ts';
import type { RuleBook } from '#shared/regulation/rule-book.ts';
import type { Author } from '#shared/ticket/author.ts';
import type { Letter } from '#shared/ticket/letter.ts';
import { isRecordOfSent, type Operation } from '#shared/ticket/operation.ts';
import type { RecordAnswer } from '#shared/ticket/operations/record-answer.ts';
import type { RecordForward } from '#shared/ticket/operations/record-forward.ts';
import type { Ticket } from '#shared/ticket/ticket.ts';
import type { Queryable } from '../database/database.ts';
import type { ChangedEntity } from '../feed/commit-changes.ts';
import { readUnknownBounces, withBounce } from '../ingest/bounced-letters.ts';
import { letterIdOfMessage } from '../ingest/letter-id.ts';
import { writeLetters } from '../ingest/letter-rows.ts';
import { storableId, writeMessageRefs, type MessageRef } from '../ingest/message-refs.ts';
import { readMailboxRules } from '../mailbox/mailbox-records.ts';
import { withoutParticipants, withParticipants } from '../tickets/participants.ts';
import { readRemovedPeople } from '../tickets/removed-people.ts';

type RecordSent = RecordAnswer | RecordForward;

/**
 * What recorded answers and forwards mean beyond their tickets' events: a letter of the service that everybody sees, ids
 * by which replies find the ticket, and recipients of answers, who may now join it: but whoever was taken out of the ticket
 * while the answer was on its way. Those of a forward never may.
 */
export class SentRecorder {
  readonly #transaction: Queryable;
  readonly #sent: { readonly operation: RecordSent; readonly author: Author }[] = [];
  /** Bounces of what is recorded here that had come before. */
  readonly #bounces: Letter[] = [];
  /** Taken out by operations that are not written yet. */
  readonly #removed: { readonly ticketId: TicketId; readonly address: string }[] = [];
  readonly #rules: RuleBook;
  #ownAddresses: ReadonlySet<string> | null = null;

  constructor(transaction: Queryable, rules: RuleBook) {
    this.#transaction = transaction;
    this.#rules = rules;
  }

  /**
   * Notes an applied operation and returns the ticket that it led to, with what follows from the recipients and from
   * what mail servers have said already.
   */
  async record(before: Ticket | null, ticket: Ticket, operation: Operation, author: Author): Promise<Ticket> {
    if (operation.kind === 'remove-participant') {
      this.#removed.push({ ticketId: ticket.id, address: normaliseAddress(operation.address) });
    }
    if (!isRecordOfSent(operation)) return ticket;
    this.#sent.push({ operation, author });
    const bounced = await this.#withBounces(ticket, operation);
    return await this.#withRecipients(before, bounced, operation);
  }

  async #withRecipients(before: Ticket | null, ticket: Ticket, operation: RecordSent): Promise<Ticket> {
    if (operation.kind === 'record-forward') {
      // Its copy in Sent had been taken for an answer, whose recipients take part: those of a forward do not.
      const wasAnswer = before !== null && before.events.length > ticket.events.length;
      return wasAnswer ? await this.#withoutStrangers(ticket, operation) : ticket;
    }
    this.#ownAddresses ??= (await readMailboxRules(this.#transaction))?.ownAddresses ?? new Set();
    const removed = await this.#removedBefore(ticket, operation);
    const recipients = [...operation.to, ...operation.cc].filter(
      ({ address }) => !removed.has(normaliseAddress(address)),
    );
    return withParticipants(ticket, recipients, this.#ownAddresses);
  }

  /** Who was taken out of the ticket after the answer was begun, without its agent's knowing. */
  async #removedBefore(ticket: Ticket, { ticketVersion }: RecordAnswer): Promise<ReadonlySet<string>> {
    if (ticketVersion === undefined) return new Set();
    const written = await readRemovedPeople(this.#transaction, ticket, ticketVersion);
    const unwritten = this.#removed.filter(({ ticketId }) => ticketId === ticket.id);
    return new Set([...written, ...unwritten.map(({ address }) => address)]);
  }

  async #withBounces(ticket: Ticket, { messageId }: RecordSent): Promise<Ticket> {
    const bounces = await readUnknownBounces(this.#transaction, [messageId]);
    let bounced = ticket;
    for (const letter of [...bounces.values()].flat()) {
      bounced = withBounce(bounced, letter, this.#rules);
      this.#bounces.push({ ...letter, disposition: { state: 'ticket', ticketId: ticket.id } });
    }
    return bounced;
  }

  /** The ticket without those recipients of a forward to whom no answer on it ever went. */
  async #withoutStrangers(ticket: Ticket, forward: RecordForward): Promise<Ticket> {
    const answers = ticket.events.flatMap((event) =>
      event.kind === 'answer' ? [storableId(event.messageId)] : [],
    );
    const rows = await this.#transaction.query<{ state: string }>(
      `select state from letter where direction = 'out' and message_id = any($1::text[])`,
      [answers],
    );
    const written = rows.map((row) => JSON.parse(row.state) as Letter);
    const unwritten = this.#sent.flatMap(({ operation }) =>
      operation.kind === 'record-answer' && operation.ticketId === ticket.id ? [operation] : [],
    );
    const answered = [...written, ...unwritten].flatMap(({ to, cc }) => [...to, ...cc]);
    return withoutParticipants(ticket, [...forward.to, ...forward.cc], answered);
  }

  /** Writes everything noted; returns the letters that changed. */
  async write(): Promise<readonly ChangedEntity[]> {
    if (this.#sent.length === 0) return [];
    await this.#transaction.query(
      `insert into answer (message_id, ticket_id, agent_id, answer_kind)
       select distinct on (a.message_id) a.* from unnest($1::text[], $2::text[], $3::text[], $4::text[])
         as a (message_id, ticket_id, agent_id, answer_kind)
       on conflict (message_id) do nothing`,
      [
        this.#sent.map(({ operation }) => storableId(operation.messageId)),
        this.#sent.map(({ operation }) => operation.ticketId),
        this.#sent.map(({ author }) => author.agentId),
        this.#sent.map(({ operation }) => answerKindOf(operation)),
      ],
    );
    await writeMessageRefs(
      this.#transaction,
      this.#sent.flatMap(({ operation }): MessageRef[] => [
        { messageId: operation.messageId, ticketId: operation.ticketId, owned: true },
        ...referencesOf(operation).map((messageId) => ({
          messageId,
          ticketId: operation.ticketId,
          owned: false,
        })),
      ]),
    );
    const letters = [...(await this.#letters()), ...this.#bounces];
    await writeLetters(this.#transaction, letters);
    return letters.map((letter) => ({ kind: 'letter', id: letter.id }));
  }

  /** The copy in Sent may have been found first: it then learns who wrote and why. Else the record stands in for it. */
  async #letters(): Promise<readonly Letter[]> {
    const known = await this.#transaction.query<{ state: string }>(
      `select state from letter where direction = 'out' and message_id = any($1::text[]) order by id for update`,
      [this.#sent.map(({ operation }) => storableId(operation.messageId))],
    );
    const copies = Map.groupBy(
      known.map((row) => JSON.parse(row.state) as Letter),
      (letter) => letter.messageId,
    );
    return this.#sent.flatMap(({ operation, author }): Letter[] => {
      const said = {
        disposition: { state: 'ticket', ticketId: operation.ticketId },
        answerKind: answerKindOf(operation),
        agentId: author.agentId,
      } as const;
      const found = copies.get(operation.messageId);
      if (found !== undefined) return found.map((letter) => ({ ...letter, ...said }));
      return [{ ...said, ...letterOf(operation, letterIdOfMessage(operation.messageId)) }];
    });
  }
}

function answerKindOf(operation: RecordSent): Letter['answerKind'] {
  return operation.kind === 'record-answer' ? operation.answerKind : null;
}

function referencesOf(operation: RecordSent): readonly string[] {
  return operation.kind === 'record-answer' ? operation.references : [];
}

function letterOf(
  operation: RecordSent,
  id: LetterId,
): Omit<Letter, 'disposition' | 'answerKind' | 'agentId'> {
  return {
    id,
    direction: 'out',
    messageId: operation.messageId,
    from: operation.from,
    to: operation.to,
    cc: operation.cc,
    subject: operation.subject,
    receivedAt: operation.kind === 'record-answer' ? operation.answeredAt : operation.forwardedAt,
    kind: 'human',
    bounce: null,
    locations: [],
  };
}
