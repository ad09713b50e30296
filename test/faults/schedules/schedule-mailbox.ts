import { createHash } from 'node:crypto';
import type { LetterId } from '#shared/ids.ts';
import { UidSet } from '#shared/mail/uid-set.ts';
import type { Clock } from '#shared/clock.ts';
import type { LetterFacts } from '#shared/ticket/letter.ts';
import type { ScheduleDesk } from './schedule-desk.ts';
import type { Draws } from './schedule-plan.ts';

const uidValidity = '17';

/** The mailbox of a schedule: letters stay in it, and desks tell the API of those that it does not know. */
export class ScheduleMailbox {
  readonly #clock: Clock;
  readonly #letters: LetterFacts[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get letters(): readonly LetterFacts[] {
    return this.#letters;
  }

  /** New letters: some begin a request, others go on with one. */
  receive(draws: readonly Draws[]): void {
    for (const each of draws) this.#letters.push(this.#letter(each));
  }

  /** What a desk does whenever it looks into the mailbox: asks what is missing, and tells it. */
  async tell(desk: ScheduleDesk): Promise<void> {
    const api = desk.life?.api;
    if (api === undefined || this.#letters.length === 0) return;
    const uids = UidSet.of(this.#letters.map(({ location }) => location.uid)).format();
    const missing = await api.call('ingestMissing', { body: { folder: 'inbox', uidValidity, uids } });
    if (!missing.ok || missing.value.uids === '') return;
    const wanted = UidSet.parse(missing.value.uids);
    const letters = this.#letters.filter(({ location }) => wanted.has(location.uid));
    if (letters.length > 0) await api.call('ingest', { body: { letters } });
  }

  #letter(draws: Draws): LetterFacts {
    const draw = (place: number): number => draws[place] ?? 0;
    const uid = this.#letters.length + 1;
    const before = draw(0) < 0.4 ? this.#letters[Math.floor(draw(1) * this.#letters.length)] : undefined;
    const from = before?.from.address ?? `client-${String(uid)}@school.example.by`;
    const messageId = `<letter-${String(uid)}@mail.example.by>`;
    const references = [before?.messageId ?? null].filter((id) => id !== null);
    return {
      id: `1:${createHash('sha256').update(messageId).digest('hex')}` as LetterId,
      location: { folder: 'inbox', uidValidity, uid },
      messageId,
      inReplyTo: references,
      references,
      from: { name: '', address: from },
      to: [{ name: '', address: 'info@example.by' }],
      cc: [],
      subject: `Вопрос ${String(uid)}`,
      receivedAt: this.#clock.now() + uid,
      size: 1_000,
      kind: 'human',
      bounce: null,
      hops: 0,
    };
  }
}
