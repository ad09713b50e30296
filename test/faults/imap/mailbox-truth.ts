import { letterContent } from '#main/mailbox/letter-json.ts';
import { parseHeadersOnly, parseLetter } from '#main/mailbox/parse/parse-letter.ts';
import type { LetterContent } from '#shared/mail/letter-content.ts';
import type { Watermark } from '#shared/protocol/ingest.ts';
import type { LetterFacts, LetterLocation, MailFolder } from '#shared/ticket/letter.ts';
import { placeKey, type ApiLedger } from './api-ledger.ts';
import type { DeskBase } from './desk-base.ts';
import type { MailStore, StoredFolder, StoredLetter } from './mail-store.ts';

/** What the mailbox alone decides of what the API is told. */
type Facts = Pick<
  LetterFacts,
  | 'id'
  | 'messageId'
  | 'inReplyTo'
  | 'references'
  | 'from'
  | 'to'
  | 'cc'
  | 'subject'
  | 'receivedAt'
  | 'size'
  | 'kind'
  | 'bounce'
>;

interface Truth {
  readonly facts: Facts;
  readonly content: LetterContent;
}

/**
 * Compares what the API and the desk have with what lies in the mailbox.
 *
 * It reads the letters by itself, from the bytes in the store and with nothing between, and remembers every place that
 * a letter ever had: nothing else may ever be told to the API.
 */
export class MailboxTruth {
  readonly #store: MailStore;
  readonly #ticketsFrom: number;
  readonly #byBytes = new Map<Buffer, Truth>();
  readonly #everAt = new Map<string, Truth>();
  /** What went wrong at the moment when it did. */
  readonly violations = new Set<string>();

  constructor(store: MailStore, ticketsFrom: number) {
    this.#store = store;
    this.#ticketsFrom = ticketsFrom;
    store.listen((folder) => {
      this.#remember(folder);
    });
  }

  /** Nothing invented: facts are those of the letter that lay at that place. */
  checkIngest(given: LetterFacts): void {
    const { location, ...facts } = given;
    const truth = this.#everAt.get(placeKey(location));
    if (truth === undefined) this.violations.add(`told of ${placeKey(location)}, where no letter ever was`);
    else if (!sameFacts(facts, truth.facts)) {
      this.violations.add(`told of another letter than the one at ${placeKey(location)}`);
    }
  }

  /** The watermark is never past a letter without a fate. */
  checkWatermark({ folders, at }: Watermark, ledger: ApiLedger): void {
    for (const { folder: role, uidValidity } of folders) {
      const folder = this.#folder(role);
      if (String(folder.uidValidity) !== uidValidity) continue;
      for (const letter of this.#due(folder)) {
        const place = placeKey({ folder: role, uidValidity, uid: letter.uid });
        if (letter.arrivedAt < at && !ledger.places.has(place)) {
          this.violations.add(`the watermark passed ${place}, which has no fate`);
        }
      }
    }
  }

  /** Empty once the API and the desk say what the mailbox says. */
  differences(ledger: ApiLedger, base: DeskBase): string[] {
    return [
      ...this.violations,
      ...this.#store.folders.flatMap((folder) => [
        ...this.#fateDifferences(folder, ledger),
        ...this.#deskDifferences(folder, base),
      ]),
      ...this.#letterDifferences(ledger),
    ];
  }

  #fateDifferences(folder: StoredFolder, ledger: ApiLedger): string[] {
    return this.#due(folder).flatMap((letter) => {
      const place = this.#place(folder, letter.uid);
      const fate = ledger.places.get(placeKey(place));
      if (fate === undefined) return [`${placeKey(place)} has no fate`];
      const { id } = this.#truth(letter).facts;
      if (letter.poison !== null)
        return fate === null ? [] : [`${placeKey(place)} was read, nobody knows how`];
      if (fate === null) return [`${placeKey(place)} is quarantined and readable`];
      return fate === id ? [] : [`${placeKey(place)} has another letter's fate`];
    });
  }

  #deskDifferences(folder: StoredFolder, base: DeskBase): string[] {
    const has = base.folder(folder.role);
    if (has?.uidValidity !== String(folder.uidValidity)) return [`the desk has another ${folder.role}`];
    const there = new Set(folder.letters.map(({ uid }) => uid));
    const invented = [...has.letters.keys()].filter((uid) => !there.has(uid));
    return [
      ...invented.map((uid) => `the desk has ${folder.role} ${uid}, which is gone`),
      ...folder.letters.flatMap((letter) => {
        const name = `the desk's ${folder.role} ${letter.uid}`;
        const content = has.letters.get(letter.uid);
        if (content === undefined) return [`${name} is missing`];
        if (letter.poison !== null) return content === null ? [] : [`${name} was read, nobody knows how`];
        if (content === null) return [`${name} is called unreadable and is readable`];
        return JSON.stringify(content) === JSON.stringify(this.#truth(letter).content)
          ? []
          : [`${name} has other content`];
      }),
    ];
  }

  /** Every letter that the API has was in the mailbox once, with these very facts. */
  #letterDifferences(ledger: ApiLedger): string[] {
    const ids = new Set([...this.#everAt.values()].map(({ facts }) => facts.id));
    return [...ledger.letters.keys()]
      .filter((id) => !ids.has(id as LetterFacts['id']))
      .map((id) => `invented ${id}`);
  }

  #remember(folder: StoredFolder): void {
    for (const letter of folder.letters) {
      this.#everAt.set(placeKey(this.#place(folder, letter.uid)), this.#truth(letter));
    }
  }

  #due(folder: StoredFolder): StoredLetter[] {
    if (!folder.exists) return [];
    return folder.letters.filter(({ internalDateAt }) => internalDateAt >= this.#ticketsFrom);
  }

  #folder(role: MailFolder): StoredFolder {
    return role === 'inbox' ? this.#store.inbox : this.#store.sent;
  }

  #place({ role, uidValidity }: StoredFolder, uid: number): LetterLocation {
    return { folder: role, uidValidity: String(uidValidity), uid };
  }

  #truth({ bytes, size, internalDateAt }: StoredLetter): Truth {
    const known = this.#byBytes.get(bytes);
    if (known !== undefined) return known;
    const server = { internalDateAt, size };
    const head = parseHeadersOnly(bytes.subarray(0, bytes.indexOf('\r\n\r\n') + 4), server);
    const parsed = parseLetter(bytes, server);
    const { id, messageId, inReplyTo, references, from, to, cc, subject } = head;
    // As it is after its way through JSON.
    const content = JSON.parse(JSON.stringify(letterContent(parsed, server, true))) as LetterContent;
    const facts: Facts = {
      id,
      messageId,
      inReplyTo: [...inReplyTo],
      references: [...references],
      from,
      to: [...to],
      cc: [...cc],
      subject,
      receivedAt: internalDateAt,
      size,
      kind: parsed.kind,
      bounce: parsed.kind === 'bounce' ? content.bounce : null,
    };
    const truth = { facts, content };
    this.#byBytes.set(bytes, truth);
    return truth;
  }
}

function sameFacts(given: Facts, truth: Facts): boolean {
  const keys = Object.keys(truth) as (keyof Facts)[];
  return keys.every((key) => JSON.stringify(given[key]) === JSON.stringify(truth[key]));
}
