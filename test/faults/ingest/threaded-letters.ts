import { chown, mkdir, rename, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Dovecot } from '#test/fakes/start-dovecot.ts';
import { Random } from '../../demo/random.ts';

/** A letter of the mailbox and the conversation that it belongs to. */
export interface ThreadedLetter {
  readonly messageId: string;
  /** Message-ID of the letter that it answers; null for the first one. */
  readonly inReplyTo: string | null;
  /** Number of the conversation; all its letters come from one sender. */
  readonly thread: number;
  readonly receivedAt: number;
}

/** Letters of many conversations that go on at the same time; the same for the same seed. */
export function threadedLetters(seed: number, count: number, firstAt: number): readonly ThreadedLetter[] {
  const random = new Random(seed);
  const letters: ThreadedLetter[] = [];
  for (let number = 0; number < count; number += 1) {
    const parent = random.chance(0.6) ? letters[random.integer(Math.max(0, number - 60), number)] : undefined;
    letters.push({
      messageId: `<${String(seed)}.${String(number)}@client.example.test>`,
      inReplyTo: parent?.messageId ?? null,
      thread: parent?.thread ?? number,
      receivedAt: firstAt + number * 1_000,
    });
  }
  return letters;
}

/**
 * Puts letters into INBOX as a delivery does, in an order of their own: UIDs say nothing of when letters came.
 *
 * By files, for one APPEND after the other would take minutes.
 */
export async function putIntoInbox(
  { mailFolder, owner }: Dovecot,
  letters: readonly ThreadedLetter[],
  seed: number,
): Promise<void> {
  for (const name of ['cur', 'new', 'tmp']) {
    const path = join(mailFolder, name);
    await mkdir(path, { recursive: true });
    await chown(path, owner.uid, owner.gid);
  }
  const random = new Random(seed);
  for (const [place, letter] of random.shuffle(letters).entries()) {
    const name = `1.${String(place).padStart(6, '0')}.test`;
    const written = join(mailFolder, 'tmp', name);
    await writeFile(written, wordsOf(letter));
    await chown(written, owner.uid, owner.gid);
    await utimes(written, letter.receivedAt / 1_000, letter.receivedAt / 1_000);
    await rename(written, join(mailFolder, 'new', name));
  }
}

function wordsOf({ messageId, inReplyTo, thread }: ThreadedLetter): string {
  return [
    `From: Client <client-${String(thread)}@client.example.test>`,
    'To: support@example.test',
    `Subject: ${inReplyTo === null ? '' : 'Re: '}Question ${String(thread)}`,
    `Message-ID: ${messageId}`,
    ...(inReplyTo === null ? [] : [`In-Reply-To: ${inReplyTo}`]),
    'Date: Mon, 16 Nov 2026 10:00:00 +0300',
    '',
    'Hello.',
    '',
  ].join('\n');
}
