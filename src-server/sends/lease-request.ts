import type { OutgoingId, TicketId } from '#shared/ids.ts';
import { appendToken } from '#shared/mail/subject.ts';
import type { SendRequest } from '#shared/protocol/send-request.ts';
import type { Caller } from '../access/caller.ts';
import type { Database, Queryable } from '../database/database.ts';
import { raceSafeTransaction } from '../database/transaction.ts';
import { storableId, writeMessageRefs } from '../ingest/message-refs.ts';
import type { StoredRules } from '../regulation/stored-rules.ts';
import { readReceipt } from './read-receipt.ts';
import type { RequestedLetter } from './request-receipts.ts';

/** As long as a desk may take for connecting and sending, the server's ten minutes for its last word included. */
const leaseMs = 20 * 60_000;

interface Row {
  readonly id: OutgoingId;
  readonly ticketId: TicketId;
  readonly messageId: string;
  readonly letter: string;
}

/**
 * Gives a desk the next automatic letter to send; null where there is none.
 *
 * What has become pointless meanwhile (answered, closed, switched off) is settled here and never sent. The Message-ID is
 * tied to the ticket and claimed, so that neither the quickest reply nor the copy in Sent is taken for something new.
 */
export async function leaseSendRequest(
  database: Database,
  caller: Caller,
  deskId: string,
  stored: StoredRules,
  now: number,
): Promise<SendRequest | null> {
  return await raceSafeTransaction(database, async (transaction) => {
    const rules = (await stored.read(transaction)).current;
    for (;;) {
      const row = await nextRow(transaction, now);
      if (row === undefined) return null;
      const receipt = await readReceipt(transaction, row.ticketId, rules);
      if (receipt === null) {
        await transaction.query(`update send_request set state = 'needless' where id = $1`, [row.id]);
        continue;
      }
      const { ticket, text } = receipt;
      const leaseExpiresAt = now + leaseMs;
      await transaction.query(
        `update send_request set state = 'leased', desk_id = $2, agent_id = $3, lease_expires_at = $4::bigint
         where id = $1`,
        [row.id, deskId, caller.agentId, leaseExpiresAt],
      );
      await claimMessageId(transaction, caller, row, leaseExpiresAt);
      const letter = JSON.parse(row.letter) as RequestedLetter;
      return {
        id: row.id,
        ticketId: row.ticketId,
        messageId: row.messageId,
        to: letter.to,
        subject: appendToken(`Re: ${ticket.subject}`, ticket.token),
        text,
        inReplyTo: letter.inReplyTo,
        references: [...letter.references],
        hops: letter.hops,
        leaseExpiresAt,
      };
    }
  });
}

/** Locked; one that another desk is just being given is passed over. */
async function nextRow(transaction: Queryable, now: number): Promise<Row | undefined> {
  const [row] = await transaction.query<Row>(
    `select id, ticket_id as "ticketId", message_id as "messageId", letter from send_request
     where not_before <= $1::bigint and expires_at > $1::bigint
       and (state = 'waiting' or (state = 'leased' and lease_expires_at <= $1::bigint))
     order by made_at, id limit 1 for update skip locked`,
    [now],
  );
  return row;
}

async function claimMessageId(
  transaction: Queryable,
  { agentId }: Caller,
  { id, ticketId, messageId }: Row,
  leaseExpiresAt: number,
): Promise<void> {
  await transaction.query(
    `insert into send_claim (message_id, outgoing_id, ticket_id, agent_id, lease_expires_at, purpose)
     values ($1, $2, $3, $4, $5::bigint, 'answer')
     on conflict (message_id) do update set agent_id = excluded.agent_id, lease_expires_at = excluded.lease_expires_at`,
    [storableId(messageId), id, ticketId, agentId, leaseExpiresAt],
  );
  await writeMessageRefs(transaction, [{ messageId, ticketId, owned: true }]);
}
