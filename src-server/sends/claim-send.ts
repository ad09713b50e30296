import type { ApiError } from '#shared/protocol/api-error.ts';
import type { SendClaim, SendClaimAnswer } from '#shared/protocol/send-claim.ts';
import type { AgentId } from '#shared/ids.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { Caller } from '../access/caller.ts';
import type { Database } from '../database/database.ts';
import { storableId } from '../ingest/message-refs.ts';
import { readHeir } from '../tickets/heirs.ts';
import { readRemovedPeople } from '../tickets/removed-people.ts';

/** Long enough for attachments over a slow line and then for the ten minutes that a desk waits for the server's word. */
const leaseMs = 20 * 60_000;

type MovedOn = NonNullable<SendClaimAnswer['movedOn']>;

/**
 * Takes the right to send a letter under its Message-ID.
 *
 * The same outgoing letter may claim again, also after it was sent: recipients that a server deferred are tried again
 * under the same Message-ID. Another one is refused while the lease lasts and for ever once the letter was sent.
 * Whose a letter is, its outgoing id alone says. So a desk that died may go on at once after its start; but a copy of its
 * profile that is opened on another computer has the same letter under the same id, and both may send it: a profile is
 * moved, never doubled.
 * The Message-ID is tied to the ticket before SMTP starts, so that the quickest reply finds its thread; with the purpose,
 * so that a copy in Sent that is found before the desk's own report is taken for what it is.
 */
export async function claimSend(
  database: Database,
  caller: Caller,
  claim: SendClaim,
  now: number,
): Promise<Result<SendClaimAnswer, ApiError>> {
  return await database.transaction(async (transaction) => {
    const [ticket] = await transaction.query<{ status: string }>('select status from ticket where id = $1', [
      claim.ticketId,
    ]);
    if (ticket === undefined) return err({ kind: 'not-found', message: 'There is no such ticket.' });
    const leaseExpiresAt = now + leaseMs;
    const messageId = storableId(claim.messageId);
    const claimed = await transaction.query(
      `insert into send_claim as c (message_id, outgoing_id, ticket_id, agent_id, lease_expires_at, purpose)
       values ($1, $2, $3, $4, $5::bigint, $7)
       on conflict (message_id) do update set
         outgoing_id = excluded.outgoing_id, agent_id = excluded.agent_id, lease_expires_at = excluded.lease_expires_at,
         purpose = excluded.purpose
       where c.ticket_id = excluded.ticket_id
         and (c.outgoing_id = excluded.outgoing_id
              or (c.lease_expires_at <= $6::bigint
                  and not exists (select from answer a where a.message_id = excluded.message_id)
                  and not exists (select from letter l
                                  where l.message_id = excluded.message_id and l.direction = 'out')))
       returning message_id`,
      [messageId, claim.outgoingId, claim.ticketId, caller.agentId, leaseExpiresAt, now, claim.purpose],
    );
    if (claimed.length === 0) {
      return err({
        kind: 'conflict',
        message: 'Another letter with this Message-ID is being sent or was sent.',
      });
    }
    await transaction.query(
      'insert into message_ref (message_id, ticket_id, owned) values ($1, $2, true) on conflict do nothing',
      [messageId, claim.ticketId],
    );
    // Whoever is outside of the ticket hears nothing of how it goes on, so nothing that happened concerns a forward.
    if (claim.purpose === 'forward') return ok({ leaseExpiresAt, movedOn: null });
    // One's own earlier answers are no news to the author, and what is open again was not closed.
    const moves = await transaction.query<{ reason: MovedOn['reason']; agentId: AgentId | null; at: number }>(
      `select reason, agent_id as "agentId", at from ticket_move
       where ticket_id = $1 and version > $2::bigint and (agent_id is null or agent_id <> $3)
         and (reason <> 'closed' or $4::boolean)
       order by version desc, at desc limit 1`,
      [claim.ticketId, claim.ticketVersion, caller.agentId, ticket.status === 'closed'],
    );
    const home = await readHeir(transaction, claim.ticketId);
    const removed = home && (await readRemovedPeople(transaction, home, claim.ticketVersion));
    return ok({
      leaseExpiresAt,
      movedOn: moves[0] ?? null,
      ...(removed !== undefined && removed.size > 0 ? { removed: [...removed] } : {}),
    });
  });
}
