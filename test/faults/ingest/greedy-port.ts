import type { IngestPort } from '#main/mailbox/ingest-port.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { ApiError } from '#shared/protocol/api-error.ts';
import type { LetterFacts } from '#shared/ticket/letter.ts';
import { callApi } from '#test/fakes/call-api.ts';
import type { ApiCallError } from '#main/tickets/api-call-error.ts';

/** What stands between a desk and the API. */
export interface GreedyFaults {
  /** Whether this call of `ingest` is lost, and on which way. */
  readonly losesIngest?: () => 'question' | 'answer' | null;
  /** What the desk takes the letters for, whatever others have told of them; as they are without it. */
  readonly told?: (facts: LetterFacts) => LetterFacts;
}

/** The real API; the desk believes that it holds the lease, because correctness must not depend on it. */
export class GreedyPort implements IngestPort {
  isDone = false;
  newLetters = 0;
  submitted = 0;
  readonly #url: string;
  readonly #token: string;
  readonly #faults: GreedyFaults;

  constructor(url: string, token: string, faults: GreedyFaults = {}) {
    this.#url = url;
    this.#token = token;
    this.#faults = faults;
  }

  missing: IngestPort['missing'] = async (body) =>
    this.#faults.told === undefined
      ? plain(await callApi(this.#url, 'ingestMissing', this.#token, { body }))
      : ok({ uids: body.uids });

  ingest: IngestPort['ingest'] = async (body) => {
    const lost = this.#faults.losesIngest?.() ?? null;
    if (lost === 'question') return unreachable;
    const letters = this.#faults.told === undefined ? body.letters : body.letters.map(this.#faults.told);
    const answer = await callApi(this.#url, 'ingest', this.#token, { body: { letters } });
    this.submitted += letters.length;
    if (answer.ok) this.newLetters += answer.value.letters.filter(({ isNew }) => isNew).length;
    return lost === 'answer' ? unreachable : plain(answer);
  };

  quarantine: IngestPort['quarantine'] = async (body) =>
    plain(await callApi(this.#url, 'ingestQuarantine', this.#token, { body }));

  lease: IngestPort['lease'] = () => Promise.resolve(ok({ held: true, expiresAt: Date.now() + 90_000 }));

  putWatermark: IngestPort['putWatermark'] = async (body) => {
    const answer = await callApi(this.#url, 'putWatermark', this.#token, { body });
    this.isDone = true;
    return plain(answer);
  };

  serverNow = (): number => Date.now();
}

const unreachable: Result<never, ApiCallError> = err({ kind: 'unreachable', message: 'Lost on the way.' });

function plain<T>(
  answer: { ok: true; value: T } | { ok: false; status: number; error: ApiError },
): Result<T, ApiError> {
  return answer.ok ? ok(answer.value) : err(answer.error);
}
