import type { Quarantine, Watermark } from '#shared/protocol/ingest.ts';
import { err, ok, type Result } from '#shared/result.ts';
import { UidSet } from '#shared/mail/uid-set.ts';
import type { LetterFacts, LetterLocation } from '#shared/ticket/letter.ts';
import type { IngestPort } from '#main/mailbox/ingest-port.ts';
import type { ApiCallError } from '#main/tickets/api-call-error.ts';

export function placeKey({ folder, uidValidity, uid }: LetterLocation): string {
  return `${folder} ${uidValidity} ${uid}`;
}

const unreachable: Result<never, ApiCallError> = err({ kind: 'unreachable', message: 'ECONNRESET' });

/**
 * What the ticket API keeps of letters, by the rules of its ingest: a letter is its identity, a place has one fate, a
 * quarantined place is given up when its letter is read at last.
 */
export class ApiLedger implements IngestPort {
  readonly letters = new Map<string, LetterFacts>();
  /** Which letter lies at a place; null for a quarantined one. */
  readonly places = new Map<string, string | null>();
  readonly watermarks: Watermark[] = [];
  /** Called with what was submitted, before it is kept. */
  readonly onIngest: (facts: LetterFacts) => void;
  readonly onWatermark: (watermark: Watermark) => void;
  /** So many answers are lost on their way back; what was asked is done. */
  loseAnswers = 0;
  /** So many calls do not arrive. */
  loseCalls = 0;

  constructor(told: Pick<ApiLedger, 'onIngest' | 'onWatermark'>) {
    this.onIngest = told.onIngest;
    this.onWatermark = told.onWatermark;
  }

  missing: IngestPort['missing'] = ({ folder, uidValidity, uids }) =>
    this.#answer(() => {
      const wanted = [...UidSet.parse(uids).ascending()];
      const missing = wanted.filter(
        (uid) => typeof this.places.get(placeKey({ folder, uidValidity, uid })) !== 'string',
      );
      return { uids: UidSet.of(missing).format() };
    });

  ingest: IngestPort['ingest'] = ({ letters }) =>
    this.#answer(() => ({
      letters: letters.map((facts) => {
        this.onIngest(facts);
        const isNew = !this.letters.has(facts.id);
        if (isNew) this.letters.set(facts.id, facts);
        for (const [place, id] of this.places) {
          const [folder, uidValidity] = place.split(' ');
          const isOutdated = folder === facts.location.folder && uidValidity !== facts.location.uidValidity;
          if (id === facts.id && isOutdated) this.places.delete(place);
        }
        this.places.set(placeKey(facts.location), facts.id);
        return { id: facts.id, disposition: { state: 'ignored', reason: 'list' } as const, isNew };
      }),
    }));

  quarantine: IngestPort['quarantine'] = ({ location }: Quarantine) =>
    this.#answer(() => {
      if (!this.places.has(placeKey(location))) this.places.set(placeKey(location), null);
      return {};
    });

  lease: IngestPort['lease'] = () => this.#answer(() => ({ held: true, expiresAt: Date.now() + 30_000 }));

  putWatermark: IngestPort['putWatermark'] = (watermark) =>
    this.#answer(() => {
      this.onWatermark(watermark);
      this.watermarks.push(watermark);
      return {};
    });

  serverNow = (): number => Date.now();

  #answer<T>(make: () => T): Promise<Result<T, ApiCallError>> {
    if (this.loseCalls > 0) {
      this.loseCalls -= 1;
      return Promise.resolve(unreachable);
    }
    const value = make();
    if (this.loseAnswers > 0) {
      this.loseAnswers -= 1;
      return Promise.resolve(unreachable);
    }
    return Promise.resolve(ok(value));
  }
}
