import { parseHeadersOnly } from '#main/mailbox/parse/parse-letter.ts';
import type { TicketId } from '#shared/ids.ts';
import { appendToken } from '#shared/mail/subject.ts';
import type { LetterDisposition, LetterFacts } from '#shared/ticket/letter.ts';
import { uidValidities } from './embedded-mailbox.ts';
import { wholeSecond, type Service } from './history-operations.ts';
import type { InboxLetter } from './odd-letters.ts';
import type { Random } from './random.ts';
import { serviceAddress } from './service-address.ts';
import type { PlannedLetter, TicketPlan } from './ticket-plan.ts';
import { writeLetter, type Quoted } from './write-letter.ts';

/** The API takes so many letters at once. */
const letterBatch = 500;

/** A letter's place in the mailbox, known before it is written. */
interface Place {
  readonly folder: 'INBOX' | 'Sent';
  readonly uid: number;
  readonly at: number;
  source: Uint8Array | null;
  isIngested: boolean;
}

/** The letters of the past as they lie in the mailbox: in the order in which they came, whenever they are written. */
export class HistoryFiles {
  readonly #plans: readonly TicketPlan[];
  readonly #service: Service;
  readonly #random: Random;
  readonly #places: readonly Place[];
  readonly #placeOf: ReadonlyMap<PlannedLetter | InboxLetter, Place>;

  constructor(plans: readonly TicketPlan[], odd: readonly InboxLetter[], service: Service, random: Random) {
    this.#plans = plans;
    this.#service = service;
    this.#random = random;
    const next = { INBOX: 1, Sent: 1 };
    const all = [...plans.flatMap(({ letters }) => letters), ...odd].sort((a, b) => a.at - b.at);
    this.#placeOf = new Map(
      all.map((letter) => {
        const folder = 'answer' in letter && letter.answer !== null ? 'Sent' : 'INBOX';
        const source = 'source' in letter ? letter.source : null;
        const at = wholeSecond(letter.at);
        return [letter, { folder, uid: next[folder]++, at, source, isIngested: false }] as const;
      }),
    );
    this.#places = [...this.#placeOf.values()];
  }

  /** Writes the first letters of these tickets and reports them; answers the tickets that they opened. */
  async openBy(plans: readonly TicketPlan[]): Promise<readonly (readonly [TicketPlan, TicketId])[]> {
    const places = await Promise.all(plans.map(async (plan) => await this.#write(plan, 0, null)));
    const fates = await this.#ingest(places);
    return plans.flatMap((plan, index) => {
      const fate = fates[index];
      return fate?.state === 'ticket' ? [[plan, fate.ticketId] as const] : [];
    });
  }

  /** Writes whatever a ticket has besides its first letter. */
  async writeRest(plan: TicketPlan, token: string): Promise<void> {
    for (const place of plan.letters.keys()) {
      if (place > 0 || plan.begunBy !== null) await this.#write(plan, place, token);
    }
  }

  /** Reports the letters that the API does not know yet. */
  async ingestRest(): Promise<void> {
    const left = this.#places.filter(({ isIngested }) => !isIngested);
    for (let start = 0; start < left.length; start += letterBatch) {
      await this.#ingest(left.slice(start, start + letterBatch));
    }
  }

  /** Puts everything into the mailbox. */
  deliver(): void {
    for (const { source, at, folder } of this.#places) {
      if (source !== null) this.#service.mailbox.deliver(source, at, folder);
    }
  }

  async #ingest(places: readonly Place[]): Promise<readonly LetterDisposition[]> {
    if (places.length === 0) return [];
    for (const place of places) place.isIngested = true;
    const body = { letters: places.map(factsOf) };
    const answer = await this.#service.agents.anna.ask('ingest', { body });
    return answer.letters.map(({ disposition }) => disposition);
  }

  async #write(plan: TicketPlan, index: number, token: string | null): Promise<Place> {
    const letter = plan.letters[index];
    const place = letter === undefined ? undefined : this.#placeOf.get(letter);
    if (letter === undefined || place === undefined) throw new RangeError('no such letter');
    const { address } = this.#service;
    const client = { name: plan.client.name, address: plan.client.address };
    const service = serviceAddress(
      letter.answer?.by ?? plan.letters[index - 1]?.answer?.by ?? 'anna',
      address,
    );
    const previous = plan.letters[index - 1];
    const subject = index === 0 ? plan.subject : `Re: ${plan.subject}`;
    const stranger = index === 0 && plan.followsStranger ? this.#strangerOf(plan) : null;
    place.source = await writeLetter({
      messageId: letter.messageId,
      from: letter.answer === null ? client : service,
      to: letter.answer === null ? service : client,
      subject: token === null ? subject : appendToken(subject, token),
      at: letter.at,
      text: letter.text,
      program: letter.answer === null ? plan.program : 'thunderbird',
      language: plan.institution.language,
      ...(previous === undefined
        ? {}
        : { quoted: quote(previous, previous.answer === null ? client : service) }),
      references: stranger ?? plan.letters.slice(0, index).map(({ messageId }) => messageId),
      files: letter.files,
    });
    return place;
  }

  /** A thread of somebody else that this ticket's writer was passed on. */
  #strangerOf(plan: TicketPlan): readonly string[] {
    const earlier = this.#plans.filter(
      ({ begunBy, startedAt, institution }) =>
        begunBy === null && startedAt < plan.startedAt && institution !== plan.institution,
    );
    return earlier.length === 0
      ? []
      : this.#random
          .pick(earlier)
          .letters.slice(0, 1)
          .map(({ messageId }) => messageId);
  }
}

function quote({ at, text }: PlannedLetter, from: Quoted['from']): Quoted {
  return { at, text, from };
}

function factsOf({ folder, uid, at, source }: Place): LetterFacts {
  if (source === null) throw new Error('a letter was not written');
  const bytes = Buffer.from(source);
  const end = bytes.indexOf('\r\n\r\n');
  const size = bytes.length;
  const head = parseHeadersOnly(bytes.subarray(0, end + 4), { internalDateAt: at, size });
  return {
    id: head.id,
    location: {
      folder: folder === 'Sent' ? 'sent' : 'inbox',
      uidValidity: String(uidValidities[folder]),
      uid,
    },
    messageId: head.messageId,
    inReplyTo: [...head.inReplyTo],
    references: [...head.references],
    from: head.from,
    to: [...head.to],
    cc: [...head.cc],
    subject: head.subject,
    receivedAt: at,
    size,
    kind: head.kind,
    bounce: null,
    hops: 0,
  };
}
