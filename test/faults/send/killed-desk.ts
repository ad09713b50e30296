import { systemDisk } from '#main/journal/disk.ts';
import { testKey } from '#test/unit/journal/journal-key.ts';
import { Random } from '../../demo/random.ts';
import type { ChildQuestion, ChildTask, FromChild } from './killed-life.ts';
import { PassingClock, SendDesk } from './send-desk.ts';
import { transitionOf, type Moment } from './send-moments.ts';
import { tappedDisk } from './tapped-disk.ts';

/*
 * A desk in a process of its own, on the real disk with real syncs. It sends one letter and kills itself (SIGKILL) at the
 * moment that it is told; API, Sent folder and mail server are its parent's.
 */

const answers = new Map<number, (value: unknown) => void>();
let questions = 0;

process.on('message', (message: ChildTask | { readonly number: number; readonly value: unknown }) => {
  if ('number' in message) answers.get(message.number)?.(message.value);
  else void live(message);
});

async function live(task: ChildTask): Promise<void> {
  const random = new Random(task.seed);
  let port = (await ask({ ask: 'port' })) as number;
  const disk = tappedDisk(systemDisk, testKey, async (step, records) => {
    for (const record of records) {
      const transition = transitionOf(record);
      if (transition !== null && `${transition} ${step}` === task.dies) await die(task.dies);
    }
  });
  const desk = await SendDesk.open({
    dir: task.dir,
    disk,
    smtpPort: () => port,
    smtpLimits: task.limits,
    claimSend: async (claim) => {
      port = (await ask({ ask: 'port' })) as number;
      return await ask({ ask: 'claim', claim });
    },
    push: async (operations) => await ask({ ask: 'push', operations }),
    sentFolder: {
      sentCopies: async (messageId) => await ask({ ask: 'copies', messageId }),
      fileSentCopy: async (messageId, source) =>
        await ask({ ask: 'file', messageId, source: Buffer.from(source).toString('latin1') }),
    },
    clock: new PassingClock(),
    random: () => random.next(),
  });
  await desk.save(task.draft);
  await desk.sendDrafts();
  const onWait = (): void => void ask({ ask: 'waited' });
  await desk.work(task.rounds, onWait);
  await ask({ ask: 'healed' });
  desk.queue.retryNow();
  await desk.work(undefined, onWait);
  tell({ finished: true });
}

/** Says so first: after a SIGKILL nobody does. */
async function die(moment: Moment): Promise<never> {
  await new Promise<void>((resolve) => {
    process.send?.({ dying: moment } satisfies FromChild, () => resolve());
  });
  process.kill(process.pid, 'SIGKILL');
  return await new Promise(() => {});
}

/** The parent answers each question with what the port promises. */
async function ask<T>(question: ChildQuestion): Promise<T> {
  questions += 1;
  const number = questions;
  return await new Promise((resolve) => {
    answers.set(number, (value) => resolve(value as T));
    tell({ number, question });
  });
}

function tell(message: FromChild): void {
  process.send?.(message);
}
