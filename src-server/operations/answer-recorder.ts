import type { LetterId } from '#shared/ids.ts';
import type { Author } from '#shared/ticket/author.ts';
import type { Letter } from '#shared/ticket/letter.ts';
import type { Operation } from '#shared/ticket/operation.ts';
import type { RecordAnswer } from '#shared/ticket/operations/record-answer.ts';
import type { Ticket } from '#shared/ticket/ticket.ts';
import type { Queryable } from '../database/database.ts';
import type { ChangedEntity } from '../feed/commit-changes.ts';
import { letterIdOfMessage } from '../ingest/letter-id.ts';
import { writeLetters } from '../ingest/letter-rows.ts';
import { storableId, writeMessageRefs, type MessageRef } from '../ingest/message-refs.ts';
import { readMailboxRules } from '../mailbox/mailbox-records.ts';
import { withParticipants } from '../tickets/participants.ts';

/**
 * What recorded answers mean beyond their tickets' events: a letter of the service that everybody sees, ids by which
 * replies find the ticket, and recipients who may now join it.
 */
export class AnswerRecorder {
  readonly #transaction: Queryable;
  readonly #answers: { readonly operation: RecordAnswer; readonly author: Author }[] = [];
  #ownAddresses: ReadonlySet<string> | null = null;

  constructor(transaction: Queryable) {
    this.#transaction = transaction;
  }

  /** Notes an applied operation and returns its ticket with what follows from the answer's recipients. */
  async record(ticket: Ticket, operation: Operation, author: Author): Promise<Ticket> {
    if (operation.kind !== 'record-answer') return ticket;
    this.#answers.push({ operation, author });
    this.#ownAddresses ??= (await readMailboxRules(this.#transaction))?.ownAddresses ?? new Set();
    return withParticipants(ticket, [...operation.to, ...operation.cc], this.#ownAddresses);
  }

  /** Writes everything noted; returns the letters that changed. */
  async write(): Promise<readonly ChangedEntity[]> {
    if (this.#answers.length === 0) return [];
    await this.#transaction.query(
      `insert into answer (message_id, ticket_id, agent_id, answer_kind)
       select distinct on (a.message_id) a.* from unnest($1::text[], $2::text[], $3::text[], $4::text[])
         as a (message_id, ticket_id, agent_id, answer_kind)
       on conflict (message_id) do nothing`,
      [
        this.#answers.map(({ operation }) => storableId(operation.messageId)),
        this.#answers.map(({ operation }) => operation.ticketId),
        this.#answers.map(({ author }) => author.agentId),
        this.#answers.map(({ operation }) => operation.answerKind),
      ],
    );
    await writeMessageRefs(
      this.#transaction,
      this.#answers.flatMap(({ operation }): MessageRef[] => [
        { messageId: operation.messageId, ticketId: operation.ticketId, owned: true },
        ...operation.references.map((messageId) => ({
          messageId,
          ticketId: operation.ticketId,
          owned: false,
        })),
      ]),
    );
    const letters = await this.#letters();
    await writeLetters(this.#transaction, letters);
    return letters.map((letter) => ({ kind: 'letter', id: letter.id }));
  }

  /** The copy in Sent may have been found first: it then learns who answered and how. Else the answer stands in for it. */
  async #letters(): Promise<readonly Letter[]> {
    const known = await this.#transaction.query<{ state: string }>(
      `select state from letter where direction = 'out' and message_id = any($1::text[]) order by id for update`,
      [this.#answers.map(({ operation }) => storableId(operation.messageId))],
    );
    const copies = Map.groupBy(
      known.map((row) => JSON.parse(row.state) as Letter),
      (letter) => letter.messageId,
    );
    return this.#answers.flatMap(({ operation, author }): Letter[] => {
      const said = {
        disposition: { state: 'ticket', ticketId: operation.ticketId },
        answerKind: operation.answerKind,
        agentId: author.agentId,
      } as const;
      const found = copies.get(operation.messageId);
      if (found !== undefined) return found.map((letter) => ({ ...letter, ...said }));
      return [{ ...said, ...letterOfAnswer(operation, letterIdOfMessage(operation.messageId)) }];
    });
  }
}

function letterOfAnswer(
  operation: RecordAnswer,
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
    receivedAt: operation.answeredAt,
    kind: 'human',
    locations: [],
  };
}
