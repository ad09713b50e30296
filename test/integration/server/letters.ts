import { createHash } from 'node:crypto';
import type { LetterId } from '#shared/ids.ts';
import type { LetterFacts } from '#shared/ticket/letter.ts';

/** What a test says of a letter; the rest is filled in. */
export interface LetterSketch {
  readonly messageId?: string | null;
  readonly from?: string;
  readonly to?: readonly string[];
  readonly cc?: readonly string[];
  readonly subject?: string;
  readonly inReplyTo?: readonly string[];
  readonly references?: readonly string[];
  readonly receivedAt?: number;
  readonly folder?: 'inbox' | 'sent';
  readonly kind?: LetterFacts['kind'];
  readonly bounce?: LetterFacts['bounce'];
  readonly hops?: number;
}

export const firstOfNovember = Date.UTC(2026, 10, 1);

let letters = 0;

/** A letter that was never seen before. */
export function newLetter(sketch: LetterSketch = {}): LetterFacts {
  letters += 1;
  const folder = sketch.folder ?? 'inbox';
  return {
    id: `1:${createHash('sha256').update(`letter ${letters}`).digest('hex')}` as LetterId,
    location: { folder, uidValidity: '17', uid: letters },
    messageId: sketch.messageId === undefined ? newMessageId() : sketch.messageId,
    inReplyTo: [...(sketch.inReplyTo ?? [])],
    references: [...(sketch.references ?? [])],
    from: { name: '', address: sketch.from ?? (folder === 'sent' ? 'info@example.by' : newAddress()) },
    to: (sketch.to ?? ['info@example.by']).map((address) => ({ name: '', address })),
    cc: (sketch.cc ?? []).map((address) => ({ name: '', address })),
    subject: sketch.subject ?? `Вопрос ${letters}`,
    receivedAt: sketch.receivedAt ?? firstOfNovember + letters * 60_000,
    size: 1_000,
    kind: sketch.kind ?? 'human',
    bounce: sketch.bounce ?? null,
    hops: sketch.hops ?? 0,
  };
}

let ids = 0;

export function newMessageId(): string {
  ids += 1;
  return `<${ids}@mail.example.by>`;
}

export function newAddress(): string {
  ids += 1;
  return `client-${ids}@school.example.by`;
}
