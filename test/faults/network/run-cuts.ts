import { setTimeout as sleep } from 'node:timers/promises';
import { v7 as newUuid } from 'uuid';
import type { OperationId, TicketId } from '#shared/ids.ts';
import type { Operation } from '#shared/ticket/operation.ts';
import type { Ticket } from '#shared/ticket/ticket.ts';
import { askApi } from '#test/fakes/call-api.ts';
import { startSmtpDrop } from '#test/fakes/smtp-drop.ts';
import { startApi } from '#test/fakes/start-api.ts';
import { startDovecot } from '#test/fakes/start-dovecot.ts';
import { letter, plainServer, recordFor } from '#test/integration/mailbox/desk-mailbox.ts';
import { ChaosWay } from './chaos-way.ts';
import { CutDesk, type Expected } from './cut-desk.ts';
import type { Cut, WayName } from './cut-plan.ts';

export interface CutsRun {
  readonly cuts: readonly Cut[];
  /** All of them behind the same network. */
  readonly desks: number;
  /** The network comes back so much later than is believed: the planted bug. */
  readonly lateMs: number;
}

/** How long one desk took after one cut until nothing was missing. */
export interface Recovery {
  readonly cut: Cut;
  readonly desk: number;
  readonly tookMs: number;
  /** What was still missing when the wait was given up; empty when it recovered. */
  readonly lacks: readonly string[];
}

const lookEveryMs = 50;
const patienceMs = 60_000;
const password = 'a long password of the agent';

/** Cuts the network of real desks again and again, with work waiting at each end, and measures how they come back. */
export async function runCuts(
  { cuts, desks: count, lateMs }: CutsRun,
  onProgress: (done: number) => void = () => {},
): Promise<readonly Recovery[]> {
  const [dovecot, smtp, api] = await Promise.all([
    startDovecot(),
    startSmtpDrop(['accept']),
    startApi({ database: 'postgres' }),
  ]);
  const ways: Record<WayName, ChaosWay> = {
    api: await ChaosWay.open(Number(new URL(api.url).port)),
    imap: await ChaosWay.open(dovecot.port),
    smtp: await ChaosWay.open(smtp.port),
  };
  const desks: CutDesk[] = [];
  try {
    const body = { login: api.adminLogin, password: api.adminPassword };
    const token = (await askApi(api.url, 'logIn', null, { body })).accessToken;
    const push = async (operation: Operation): Promise<number> => {
      const { answers } = await askApi(api.url, 'pushOperations', token, {
        body: { operations: [operation] },
      });
      const [answer] = answers;
      if (answer?.outcome !== 'applied') throw new Error('the colleague was refused');
      return answer.version;
    };
    const imap = { ...plainServer(dovecot), port: ways.imap.port };
    const record = recordFor(imap, {
      revision: 0,
      smtp: { ...imap, port: ways.smtp.port, user: 'desk', password: 'secret' },
      ticketsFrom: Date.now(),
    });
    await askApi(api.url, 'putMailbox', token, { body: record });
    for (let desk = 0; desk < count; desk += 1) {
      const login = `agent-${String(desk)}`;
      await askApi(api.url, 'createAgent', token, { body: { login, name: login, role: 'agent', password } });
      const ticket = newTicket(desk);
      await push(ticket.made);
      const apiUrl = `http://127.0.0.1:${String(ways.api.port)}`;
      desks.push(await CutDesk.open({ apiUrl, login, password }, ticket.ticket));
    }
    const colleagues = newTicket(99);
    await push(colleagues.made);
    const events = async (name: string): Promise<Expected> => {
      await dovecot.deliver(letter(name));
      const head = { id: newUuid() as OperationId, ticketId: colleagues.ticket.id, madeAt: Date.now() };
      return { subject: name, version: await push({ ...head, kind: 'add-note', text: name }) };
    };
    // Everything stands before the first cut.
    await recoveries(desks, await events('first'), { trouble: 'slow', ways: [], lastsMs: 0 }, Date.now());

    const done: Recovery[] = [];
    for (const [number, cut] of cuts.entries()) {
      await Promise.all(cut.ways.map((way) => ways[way].break(cut.trouble)));
      const startedAt = Date.now();
      await Promise.all(desks.map((desk) => desk.work()));
      const expected = await events(`cut ${String(number)}`);
      await sleep(Math.max(0, cut.lastsMs - (Date.now() - startedAt)));
      const backAt = Date.now();
      await sleep(lateMs);
      await Promise.all(cut.ways.map((way) => ways[way].mend()));
      done.push(...(await recoveries(desks, expected, cut, backAt)));
      onProgress(done.length);
    }
    return done;
  } finally {
    await Promise.all(Object.values(ways).map((way) => way.mend()));
    await Promise.all(desks.map((desk) => desk.close()));
    await Promise.all(Object.values(ways).map((way) => way.close()));
    await Promise.all([api.close(), smtp.close(), dovecot.stop()]);
  }
}

async function recoveries(
  desks: readonly CutDesk[],
  expected: Expected,
  cut: Cut,
  backAt: number,
): Promise<readonly Recovery[]> {
  return await Promise.all(
    desks.map(async (desk, number): Promise<Recovery> => {
      for (;;) {
        const lacks = await desk.lacks(expected);
        const tookMs = Date.now() - backAt;
        if (lacks.length === 0 || tookMs > patienceMs) return { cut, desk: number, tookMs, lacks };
        await sleep(lookEveryMs);
      }
    }),
  );
}

function newTicket(number: number): { readonly ticket: Ticket; readonly made: Operation } {
  const token = `C${String(number).padStart(7, '0')}`;
  const client = { name: 'Школа', address: `client-${String(number)}@school.example`, phone: '' };
  const id = newUuid() as TicketId;
  const subject = `Вопрос ${String(number)}`;
  const made = {
    id: newUuid() as OperationId,
    ticketId: id,
    kind: 'create-ticket',
    madeAt: Date.now(),
    token,
    channel: 'mail',
    subject,
    client,
  } as const;
  return { ticket: { id, token, subject, client } as Ticket, made };
}
