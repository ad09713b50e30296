import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { SmtpLimits } from '#main/outgoing/open-smtp.ts';
import type { SendClaim } from '#shared/protocol/send-claim.ts';
import type { Operation } from '#shared/ticket/operation.ts';
import type { Draft } from '#shared/bridge/draft.ts';
import type { FaultySmtp } from './faulty-smtp.ts';
import type { PassingClock } from './send-desk.ts';
import type { Moment } from './send-moments.ts';
import { draftOf, type SendPlan } from './send-plan.ts';
import type { SendWorld } from './send-world.ts';

/** What the child is told when it starts. */
export interface ChildTask {
  readonly dir: string;
  readonly draft: Draft;
  readonly dies: Moment | null;
  readonly limits: SmtpLimits;
  readonly rounds: number;
  readonly seed: number;
}

/** What the child asks of the world outside; answered by the number. */
export type ChildQuestion =
  | { readonly ask: 'port' }
  | { readonly ask: 'claim'; readonly claim: SendClaim }
  | { readonly ask: 'push'; readonly operations: readonly Operation[] }
  | { readonly ask: 'copies'; readonly messageId: string }
  | { readonly ask: 'file'; readonly messageId: string; readonly source: string }
  /** The desk waits for its next try, and time passes. */
  | { readonly ask: 'waited' }
  | { readonly ask: 'healed' };

export type FromChild =
  | { readonly number: number; readonly question: ChildQuestion }
  /** It is about to kill itself there. */
  | { readonly dying: Moment }
  | { readonly finished: true };

const program = fileURLToPath(new URL('killed-desk.ts', import.meta.url));

/** Runs the first life of a plan in a process of its own, which ends by SIGKILL. */
export async function runKilledLife(given: {
  readonly plan: SendPlan;
  readonly dir: string;
  readonly smtp: FaultySmtp;
  readonly world: SendWorld;
  readonly clock: PassingClock;
  readonly limits: SmtpLimits;
  readonly rounds: number;
}): Promise<{ readonly diedAt: Moment | null }> {
  const { plan, dir, smtp, world, clock, limits, rounds } = given;
  const task: ChildTask = { dir, draft: draftOf(plan), dies: plan.dies, limits, rounds, seed: plan.seed };
  const child = fork(program, [], { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
  let complaint = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    complaint += chunk.toString();
  });
  let diedAt: Moment | null = null;
  let finished = false;
  const kill = (moment: Moment | null): void => {
    if (moment !== null && moment !== plan.dies) return;
    diedAt ??= moment;
    child.kill('SIGKILL');
  };
  world.onClaimed = () => kill('claimed');
  world.onAppended = () => kill('appended');
  world.onPushed = () => kill('pushed');
  smtp.onDot = () => kill('dot');
  child.on('message', (message: FromChild) => {
    if ('finished' in message) {
      finished = true;
      kill(null);
    } else if ('dying' in message) {
      diedAt = message.dying;
    } else {
      void answer(message.question, smtp, world, clock).then((value) => {
        if (child.connected) child.send({ number: message.number, value });
      });
    }
  });
  const ended = once(child, 'close');
  child.send(task);
  await ended;
  if (!finished && diedAt === null) throw new Error(`the desk ended by itself: ${complaint.slice(0, 2_000)}`);
  return { diedAt };
}

async function answer(
  question: ChildQuestion,
  smtp: FaultySmtp,
  world: SendWorld,
  clock: PassingClock,
): Promise<unknown> {
  switch (question.ask) {
    case 'port':
      return smtp.port;
    case 'claim':
      return world.claim(question.claim);
    case 'push':
      return world.push(question.operations);
    case 'copies':
      return await world.sentFolder.sentCopies(question.messageId);
    case 'file':
      return await world.sentFolder.fileSentCopy(question.messageId, Buffer.from(question.source, 'latin1'));
    case 'waited':
      smtp.answerCalls();
      clock.pass();
      return null;
    case 'healed':
      smtp.heal();
      world.heal();
      return null;
  }
}
