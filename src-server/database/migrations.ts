interface Migration {
  readonly name: string;
  readonly statements: readonly string[];
}

/*
 * Ids are text in collation "C", so that the database orders them as JavaScript does. `state` is the entity's JSON as the
 * protocol shows it, kept as text so that pages of the queue and of the feed are joined together without parsing.
 */
const first: Migration = {
  name: 'first schema',
  statements: [
    `create table feed_head (
       only_row boolean primary key default true check (only_row),
       version bigint not null,
       epoch text not null)`,
    `insert into feed_head (version, epoch) values (0, gen_random_uuid()::text)`,
    // Grows when any token stops being valid before its time: processes may cache tokens while it stands still.
    `create table access_head (only_row boolean primary key default true check (only_row), revocations bigint not null)`,
    `insert into access_head (revocations) values (0)`,
    `create table feed (
       kind text collate "C" not null,
       id text collate "C" not null,
       version bigint not null unique,
       primary key (kind, id))`,

    `create table agent (
       id text collate "C" primary key,
       login text collate "C" not null unique,
       role text not null,
       disabled boolean not null,
       password_hash text not null,
       state text not null)`,
    `create table session (
       id text collate "C" primary key,
       agent_id text collate "C" not null references agent,
       started_at bigint not null,
       revoked_at bigint)`,
    `create index session_agent on session (agent_id)`,
    `create table token (
       hash text collate "C" primary key,
       session_id text collate "C" not null references session on delete cascade,
       kind text not null check (kind in ('access', 'refresh')),
       expires_at bigint not null,
       used_at bigint)`,
    `create index token_expiry on token (expires_at)`,
    `create index token_session on token (session_id)`,
    `create table login_attempt (key text collate "C" primary key, failures int not null, window_ends_at bigint not null)`,
    `create table key_escrow (agent_id text collate "C" primary key references agent, wrapped_key text not null)`,

    `create sequence ticket_number`,
    `create table ticket (
       id text collate "C" primary key,
       number bigint not null unique,
       token text collate "C" not null unique,
       status text not null,
       queue_rank smallint not null,
       queue_start bigint not null,
       awaits_reaction boolean not null,
       critical boolean not null,
       holder_id text collate "C",
       holder_until bigint,
       state text not null)`,
    `create index ticket_queue on ticket (queue_rank, queue_start, id) where status <> 'closed'`,
    `create index ticket_to_answer on ticket (queue_rank, queue_start, id) where awaits_reaction`,
    `create index ticket_critical on ticket (queue_rank, queue_start, id) where critical and status <> 'closed'`,
    `create index ticket_waiting on ticket (queue_rank, queue_start, id) where status = 'waiting'`,
    `create index ticket_closed on ticket (queue_rank, queue_start, id) where status = 'closed'`,
    `create index ticket_holder on ticket (holder_id, queue_rank, queue_start, id) where holder_id is not null`,
    // What happened to a ticket at which version, so that an answer begun earlier learns that the thread moved on.
    `create table ticket_move (
       ticket_id text collate "C" not null,
       version bigint not null,
       reason text not null,
       agent_id text collate "C",
       at bigint not null)`,
    `create index ticket_move_ticket on ticket_move (ticket_id, version)`,

    `create table operation (
       id text collate "C" primary key,
       ticket_id text collate "C" not null,
       agent_id text collate "C" not null,
       body text not null,
       outcome text not null,
       version bigint,
       rejection text,
       recorded_at bigint not null)`,
    `create index operation_ticket on operation (ticket_id)`,

    `create table letter (
       id text collate "C" primary key,
       message_id text collate "C",
       direction text not null,
       disposition text not null,
       received_at bigint not null,
       state text not null)`,
    `create index letter_message_id on letter (message_id) where direction = 'out'`,
    `create table letter_location (
       folder text collate "C" not null,
       uid_validity text collate "C" not null,
       uid bigint not null,
       letter_id text collate "C" not null,
       primary key (folder, uid_validity, uid))`,
    `create index letter_location_letter on letter_location (letter_id)`,
    // Every id ever seen (owned) or referred to. One id may point to several tickets: the sender decides which is his.
    `create table message_ref (
       message_id text collate "C" not null,
       ticket_id text collate "C" not null,
       owned boolean not null,
       primary key (message_id, ticket_id))`,
    // Letters of the Sent folder that referred to nothing known: the letter they answer may be found later.
    `create table unrelated_sent_ref (
       message_id text collate "C" not null,
       letter_id text collate "C" not null,
       primary key (message_id, letter_id))`,
    `create table answer (
       message_id text collate "C" primary key,
       ticket_id text collate "C" not null,
       agent_id text collate "C" not null,
       answer_kind text not null)`,
    `create table send_claim (
       message_id text collate "C" primary key,
       outgoing_id text collate "C" not null,
       ticket_id text collate "C" not null,
       agent_id text collate "C" not null,
       lease_expires_at bigint not null)`,
    `create table ingest_lease (
       only_row boolean primary key default true check (only_row),
       desk_id text not null,
       expires_at bigint not null)`,
    `create table watermark (
       folders text collate "C" primary key,
       at bigint not null,
       reported_at bigint not null)`,
    `create table mailbox_record (
       only_row boolean primary key default true check (only_row),
       revision bigint not null,
       tickets_from bigint not null,
       own_addresses text[] not null,
       sealed text not null)`,
    `create table article (id text collate "C" primary key, state text not null)`,
  ],
};

const directory: Migration = {
  name: 'templates, blocked senders, settings and what agents do to tickets',
  statements: [
    `create table template (id text collate "C" primary key, state text not null)`,
    `create table blocked_sender (
       id text collate "C" primary key,
       address text collate "C" not null unique,
       state text not null)`,
    `create table service_settings (
       only_row boolean primary key default true check (only_row),
       revision bigint not null,
       state text not null)`,
    `alter table send_claim add column purpose text not null default 'answer'`,
    // A forward is a letter of the service too, but of no kind that answers.
    `alter table answer alter column answer_kind drop not null`,
    // By text, not by jsonb: subjects may hold what the database's own strings cannot (NUL, lone surrogates). Within a
    // JSON string every quote is escaped, so what is looked for can only be the key.
    `update agent set state = '{"groupId":null,' || substr(state, 2)`,
    `update ticket set state = '{"channel":"mail","assigneeId":null,"category":null,"snooze":null,"escalation":null,'
       || '"closing":null,"noteCount":0,' || substr(replace(state, '"client":{', '"client":{"phone":"",'), 2)`,
    // What agents did before is history as well: applied operations join the feed in the order in which they were made.
    `with done as (
       select id, row_number() over (order by version, id) as place from operation
       where outcome = 'applied' and body not like '%"kind":"record-answer"%'),
     head as (update feed_head set version = version + (select count(*) from done) returning version)
     insert into feed (kind, id, version)
     select 'activity', done.id, head.version - (select count(*) from done) + done.place from done cross join head`,
    // What desks keep of these is of the older shape: a new life of the feed makes them read it all again.
    `update feed_head set epoch = gen_random_uuid()::text`,
  ],
};

const openTickets: Migration = {
  name: 'open tickets where nobody waits are to be answered too',
  statements: [
    `drop index ticket_to_answer`,
    `create index ticket_to_answer on ticket (queue_rank, queue_start, id) where status = 'open'`,
  ],
};

const regulation: Migration = {
  name: 'versions of the regulation, and what tickets keep of it',
  statements: [
    `create table regulation (revision bigint primary key, state text not null)`,
    // What the API does by itself stands in the history under no agent.
    `alter table operation alter column agent_id drop not null`,
    `update ticket set state = '{"facts":{},"reason":null,"links":[],"mergedInto":null,' || substr(state, 2)`,
    `update letter set state = '{"bounce":null,'
       || substr(replace(state, '"state":"quarantined",', '"state":"quarantined","reviewedBy":null,'), 2)`,
    // What desks keep of these is of the older shape: a new life of the feed makes them read it all again.
    `update feed_head set epoch = gen_random_uuid()::text`,
  ],
};

const closing: Migration = {
  name: 'what silence closes and when, tickets that go on elsewhere, bounces that wait for their letter',
  statements: [
    // `closes_at` is by the rules of the revision `timed_by`; where that is an older one the closing job reckons anew,
    // so what is here already is filled in by its first run.
    `alter table ticket add column closes_at bigint, add column timed_by bigint not null default -1,
       add column look_again_at bigint, add column successor_id text collate "C"`,
    `create index ticket_closes_at on ticket (closes_at, id) where closes_at is not null`,
    `create index ticket_untimed on ticket (timed_by, id) where status = 'waiting'`,
    `create index ticket_look_again on ticket (look_again_at, id) where look_again_at is not null`,
    // The Message-ID of the letter that bounced. Its sender's word may come after the mail server's.
    `alter table letter add column bounce_of text collate "C"`,
    `create index letter_unknown_bounce on letter (bounce_of) where disposition = 'bounce'`,
    `create index letter_quarantined on letter (received_at) where disposition = 'quarantined'`,
  ],
};

const lettersOfTickets: Migration = {
  name: 'letters and ids of one ticket, found when they move to another',
  statements: [
    `alter table letter add column ticket_id text collate "C"`,
    // By text, as above: what is looked for cannot stand within a JSON string.
    `update letter set ticket_id =
       substring(state from '"disposition":\\{"state":"ticket","ticketId":"([0-9a-f-]{36})"')
     where disposition = 'ticket'`,
    `create index letter_ticket on letter (ticket_id) where ticket_id is not null`,
    `create index message_ref_ticket on message_ref (ticket_id)`,
  ],
};

const automaticLetters: Migration = {
  name: 'letters that the service asks its desks to send',
  statements: [
    // At most one of a kind for a sender and a day, whatever programs at the other end do.
    `create table send_request (
       id text collate "C" primary key,
       kind text not null,
       address text collate "C" not null,
       day text not null,
       ticket_id text collate "C" not null,
       message_id text collate "C" not null unique,
       letter text not null,
       state text not null check (state in
         ('waiting', 'leased', 'leaving', 'sent', 'failed', 'uncertain', 'expired', 'needless')),
       made_at bigint not null,
       not_before bigint not null,
       expires_at bigint not null,
       desk_id text,
       agent_id text collate "C",
       lease_expires_at bigint,
       unique (kind, address, day))`,
    `create index send_request_open on send_request (made_at, id)
       where state in ('waiting', 'leased', 'leaving', 'uncertain')`,
    // Nobody wrote an automatic letter.
    `alter table answer alter column agent_id drop not null`,
    // By text, as above.
    `update regulation set state = replace(state, '"outOfScope":', '"automaticLetters":[],"outOfScope":')
     where state not like '%"automaticLetters":%'`,
    `update feed_head set epoch = gen_random_uuid()::text`,
  ],
};

const presence: Migration = {
  name: 'who has which ticket before them',
  statements: [
    // Unlogged: worth nothing after a crash, and desks say it again within half a minute.
    `create unlogged table presence (
       session_id text collate "C" primary key,
       agent_id text collate "C" not null,
       ticket_id text collate "C" not null,
       activity text collate "C" not null check (activity in ('viewing', 'answering')),
       lapses_at bigint not null)`,
  ],
};

const tags: Migration = {
  name: 'tags of tickets',
  statements: [
    `update ticket set state = '{"tags":[],' || substr(state, 2)`,
    // What desks keep of these is of the older shape: a new life of the feed makes them read it all again.
    `update feed_head set epoch = gen_random_uuid()::text`,
  ],
};

/** All migrations in order; a published one never changes again. */
export const migrations: readonly Migration[] = [
  first,
  directory,
  openTickets,
  regulation,
  closing,
  lettersOfTickets,
  automaticLetters,
  presence,
  tags,
];
