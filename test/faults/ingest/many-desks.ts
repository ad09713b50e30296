import { createHash } from 'node:crypto';
import type { LetterId } from '#shared/ids.ts';
import type { Change } from '#shared/protocol/changes.ts';
import type { Letter, LetterFacts } from '#shared/ticket/letter.ts';
import { askApi } from '#test/fakes/call-api.ts';
import { startApi, type RunningApi } from '#test/fakes/start-api.ts';
import { startDovecot } from '#test/fakes/start-dovecot.ts';
import { DeskMailbox, plainServer, recordFor, until } from '#test/integration/mailbox/desk-mailbox.ts';
import { Random } from '../../demo/random.ts';
import { GreedyPort } from './greedy-port.ts';
import { putIntoInbox, threadedLetters, type ThreadedLetter } from './threaded-letters.ts';

export interface ManyDesks {
  readonly seed: number;
  readonly desks: number;
  readonly letters: number;
  /** `of each desk`: each names letters in a way of its own, so that nobody can tell that two are one. */
  readonly identities: 'of the letter' | 'of each desk';
}

const ticketsFrom = Date.UTC(2026, 10, 16);
const lossShare = 0.03;
const patienceMs = 900_000;

/**
 * Lets desks ingest one mailbox at once, none of which knows of the others, some of their calls lost; what is wrong in the
 * end, empty when every letter is on exactly one ticket, with those of its conversation and no others.
 */
export async function runManyDesks(
  { seed, desks, letters, identities }: ManyDesks,
  onProgress: (submitted: number) => void = () => {},
): Promise<string[]> {
  const server = await startDovecot();
  const api = await startApi({ database: 'postgres' });
  try {
    const sent = threadedLetters(seed, letters, ticketsFrom);
    await putIntoInbox(server, sent, seed);
    const token = await logIn(api);
    const record = recordFor(plainServer(server), { ticketsFrom });
    await askApi(api.url, 'putMailbox', token, { body: { ...record, revision: 0 } });
    const ports = Array.from({ length: desks }, (_, desk) => {
      const random = new Random(seed + desk);
      return new GreedyPort(api.url, token, {
        losesIngest: () => (random.chance(lossShare) ? random.pick(['question', 'answer'] as const) : null),
        ...(identities === 'of each desk' ? { told: (facts) => renamed(facts, desk) } : {}),
      });
    });
    const mailboxes = ports.map((port) => new DeskMailbox(record, { api: port }));
    try {
      await until(
        () => {
          onProgress(ports.reduce((sum, { submitted }) => sum + submitted, 0));
          return ports.every(({ isDone }) => isDone);
        },
        'every desk is done',
        patienceMs,
      );
    } finally {
      await Promise.all(mailboxes.map(({ mailbox }) => mailbox.close()));
    }
    return differences(sent, await readChanges(api.url, token));
  } finally {
    await api.close();
    await server.stop();
  }
}

async function logIn({ url, adminLogin, adminPassword }: RunningApi): Promise<string> {
  const body = { login: adminLogin, password: adminPassword };
  return (await askApi(url, 'logIn', null, { body })).accessToken;
}

function renamed(facts: LetterFacts, desk: number): LetterFacts {
  const digest = createHash('sha256')
    .update(`${String(desk)} ${facts.id}`)
    .digest('hex');
  return { ...facts, id: `1:${digest}` as LetterId };
}

async function readChanges(url: string, token: string): Promise<readonly Change[]> {
  const all: Change[] = [];
  for (let after = 0; ;) {
    const page = await askApi(url, 'pullChanges', token, { query: { after, limit: 5_000 } });
    all.push(...page.changes);
    if (!page.more) return all;
    after = page.next;
  }
}

function differences(sent: readonly ThreadedLetter[], changes: readonly Change[]): string[] {
  const found: string[] = [];
  const kept = new Map<string, Letter[]>();
  const counts = new Map<string, number>();
  for (const change of changes) {
    if (change.state === null) continue;
    if (change.entity === 'ticket') counts.set(change.id, change.state.letterCount);
    if (change.entity === 'letter') {
      const { messageId } = change.state;
      kept.set(messageId ?? '', [...(kept.get(messageId ?? '') ?? []), change.state]);
    }
  }
  const tickets = new Map<number, string>();
  const sizes = new Map<string, number>();
  for (const { messageId, thread } of sent) {
    const letters = kept.get(messageId) ?? [];
    const [letter] = letters;
    if (letters.length !== 1 || letter?.disposition.state !== 'ticket') {
      const states = letters.map(({ disposition }) => disposition.state).join(', ');
      found.push(`${messageId} is kept ${String(letters.length)} times: ${states}`);
      continue;
    }
    const { ticketId } = letter.disposition;
    sizes.set(ticketId, (sizes.get(ticketId) ?? 0) + 1);
    const other = tickets.get(thread);
    if (other === undefined) tickets.set(thread, ticketId);
    else if (other !== ticketId) found.push(`${messageId} is not on the ticket of its conversation`);
  }
  const threads = new Set(sent.map(({ thread }) => thread)).size;
  if (counts.size !== threads)
    found.push(`${String(counts.size)} tickets for ${String(threads)} conversations`);
  for (const [id, count] of counts) {
    if (count !== (sizes.get(id) ?? 0)) {
      found.push(`ticket ${id} counts ${String(count)} letters and has ${String(sizes.get(id) ?? 0)}`);
    }
  }
  return found;
}
