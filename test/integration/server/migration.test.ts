import { v7 as newUuid } from 'uuid';
import { expect, test } from 'vitest';
import { migrations } from '#server/database/migrations.ts';
import { migrate } from '#server/database/migrate.ts';
import { openPglite } from '#server/database/pglite-database.ts';
import { openPostgres } from '#server/database/postgres-database.ts';
import type { Database } from '#server/database/database.ts';
import { readChanges } from '#server/feed/read-changes.ts';
import { HeadReader } from '#server/feed/heads.ts';
import { StoredRules } from '#server/regulation/stored-rules.ts';
import { pushOperations } from '#server/operations/push-operations.ts';
import type { AgentId, OperationId, TicketId } from '#shared/ids.ts';
import { ChangePageSchema, type Change } from '#shared/protocol/changes.ts';
import type { Operation } from '#shared/ticket/operation.ts';
import { Value } from 'typebox/value';
import { startPostgres } from '#test/fakes/start-postgres.ts';

/* Entities as the first version wrote them, by an older program than the one that is here. */

const rules = new StoredRules();

const at = Date.UTC(2026, 10, 10, 7);
const agent = { id: newUuid() as AgentId, login: 'anna', name: 'Анна', role: 'agent', disabled: false };
const ticket = {
  id: newUuid() as TicketId,
  number: 17,
  token: '0123ABCD',
  // Subjects come from strangers: what the database's own strings cannot hold, and what looks like JSON.
  subject: 'Вопрос \0 \uD800 "client":{ \\"client\\":{',
  status: 'open',
  client: { name: 'Мария', address: 'maria@school.example.by' },
  participants: ['maria@school.example.by'],
  receivedAt: at,
  reactionStartedAt: at,
  events: [{ kind: 'client-contact', at, letterId: null }],
  critical: null,
  holder: null,
  possibleFollowUpOf: null,
  letterCount: 1,
  lastLetterAt: at,
  lastClientLetterAt: at,
  lastAnswerAt: null,
};

const claim: Operation = {
  id: newUuid() as OperationId,
  ticketId: ticket.id,
  kind: 'claim-ticket',
  madeAt: at,
  until: at + 1,
};

async function writeOld(database: Database): Promise<void> {
  await database.query('create table migration (number int primary key, name text, ran_at timestamptz)');
  const [first] = migrations;
  for (const statement of first?.statements ?? []) await database.query(statement);
  await database.query("insert into migration (number, name) values (1, 'first schema')");
  await database.query(
    `insert into agent (id, login, role, disabled, password_hash, state) values ($1, $2, $3, false, '', $4)`,
    [agent.id, agent.login, agent.role, JSON.stringify(agent)],
  );
  await database.query(
    `insert into ticket (id, number, token, status, queue_rank, queue_start, awaits_reaction, critical, state)
     values ($1, 17, $2, 'open', 0, $3::bigint, true, false, $4)`,
    [ticket.id, ticket.token, at, JSON.stringify(ticket)],
  );
  const operations = [
    [claim, 'applied'],
    [{ ...claim, id: newUuid(), kind: 'release-ticket' }, 'applied'],
    [{ ...claim, id: newUuid(), kind: 'record-answer' }, 'applied'],
    [{ ...claim, id: newUuid() }, 'rejected'],
  ] as const;
  for (const [operation, outcome] of operations) {
    await database.query(
      `insert into operation (id, ticket_id, agent_id, body, outcome, version, recorded_at)
       values ($1, $2, $3, $4, $5, case when $5 = 'applied' then 3 end, $6::bigint)`,
      [operation.id, ticket.id, agent.id, JSON.stringify(operation), outcome, at],
    );
  }
  // A subject that looks like the fate of a letter.
  const letter = {
    disposition: { state: 'ticket', ticketId: ticket.id },
    subject: '"disposition":{"state":"ticket","ticketId":"',
  };
  for (const [id, state] of [
    ['1:0', letter],
    ['1:1', { subject: letter.subject, disposition: letter.disposition }],
  ] as const) {
    await database.query(
      `insert into letter (id, direction, disposition, received_at, state) values ($1, 'in', 'ticket', 0, $2)`,
      [id, JSON.stringify(state)],
    );
  }
  for (const [index, [kind, id]] of [
    ['agent', agent.id] as const,
    ['ticket', ticket.id] as const,
  ].entries()) {
    await database.query('insert into feed (kind, id, version) values ($1, $2, $3::bigint)', [
      kind,
      id,
      index + 1,
    ]);
  }
  await database.query('update feed_head set version = 3');
}

async function readFeed(database: Database): Promise<readonly Change[]> {
  const page = await readChanges(database, await new HeadReader(database).read(), { after: 0 });
  if (!page.ok) throw new Error(page.error.message);
  const parsed: unknown = JSON.parse(page.value);
  if (!Value.Check(ChangePageSchema, parsed)) throw new Error('the feed does not fit its schema');
  return parsed.changes;
}

test.each(['pglite', 'postgres'] as const)(
  'a database of the first version is lifted on %s',
  async (engine) => {
    const postgres = engine === 'postgres' ? await startPostgres() : null;
    const database = postgres === null ? await openPglite(null) : openPostgres(postgres.url, () => {});
    try {
      await writeOld(database);
      const { epoch } = await new HeadReader(database).read();
      await migrate(database);
      await migrate(database);

      const changes = await readFeed(database);
      expect(changes.map(({ entity }) => entity)).toEqual(['agent', 'ticket', 'activity', 'activity']);
      const [agentChange, ticketChange, ...history] = changes;
      expect(agentChange?.state).toEqual({ ...agent, groupId: null });
      expect(ticketChange?.state).toEqual({
        ...ticket,
        client: { ...ticket.client, phone: '' },
        channel: 'mail',
        assigneeId: null,
        category: null,
        tags: [],
        snooze: null,
        escalation: null,
        closing: null,
        facts: {},
        reason: null,
        links: [],
        mergedInto: null,
        noteCount: 0,
      });
      expect(history.map(({ state }) => state)).toMatchObject([
        { id: claim.id, ticketId: ticket.id, agentId: agent.id, operation: claim },
        { operation: { kind: 'release-ticket' } },
      ]);
      expect(await database.query('select ticket_id from letter')).toEqual([
        { ticket_id: ticket.id },
        { ticket_id: ticket.id },
      ]);
      const heads = await new HeadReader(database).read();
      expect(heads.epoch).not.toBe(epoch);

      // What is there goes on: the next change comes after everything, and the ticket can be worked on.
      const note: Operation = {
        id: newUuid() as OperationId,
        ticketId: ticket.id,
        kind: 'add-note',
        madeAt: at,
        text: 'x',
      };
      const author = { agentId: agent.id, role: 'agent' } as const;
      const answers = await pushOperations(database, author, [note], rules, at);
      expect(answers).toMatchObject([{ outcome: 'applied', version: heads.feedVersion + 2 }]);
      expect((await readFeed(database)).at(-1)).toMatchObject({ entity: 'ticket', state: { noteCount: 1 } });
    } finally {
      await database.close();
      await postgres?.stop();
    }
  },
);

test('a database that a newer program migrated is refused and left as it is', async () => {
  const database = await openPglite(null);
  try {
    await migrate(database);
    const newer = migrations.length + 1;
    await database.query('insert into migration (number, name) values ($1, $2)', [newer, 'of tomorrow']);
    await expect(migrate(database)).rejects.toThrow('start a newer ticket API');
    expect(await database.query('select max(number) as number from migration')).toEqual([{ number: newer }]);
  } finally {
    await database.close();
  }
});
