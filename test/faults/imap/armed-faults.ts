/*
 * What the server does wrong, each at the first moment that fits after it was armed. Shares are numbers from 0 to 1:
 * where in the answer, which of the letters.
 */

export type ServerFault =
  /** In the middle of a letter's bytes, or of whatever is answered where no letter is. */
  | { readonly kind: 'drop' | 'stall'; readonly share: number }
  | { readonly kind: 'bye'; readonly share: number; readonly words: string }
  | { readonly kind: 'refuse'; readonly answer: 'NO' | 'BAD'; readonly share: number }
  /** FETCH that ends with OK. */
  | { readonly kind: 'letters-missing'; readonly share: number; readonly keep: number }
  /** FETCH of a single whole letter that ends with OK. */
  | { readonly kind: 'only-letter-missing' }
  /** `BODY[] NIL`, or a literal of no bytes, where a letter should be. */
  | { readonly kind: 'empty-letter'; readonly share: number; readonly isNil: boolean }
  /** The whole row of a letter that nobody asked for. */
  | { readonly kind: 'unasked-letter'; readonly share: number }
  /** A count of letters that is not true. */
  | { readonly kind: 'exists-lies'; readonly exists: number }
  /** The folder is opened as if nothing were in it; what is, is told of later. */
  | { readonly kind: 'looks-empty' }
  /** SEARCH that ends with OK. */
  | { readonly kind: 'search-missing'; readonly share: number; readonly keep: number }
  /** By how many bytes a literal is shorter or longer than announced. */
  | { readonly kind: 'literal-short' | 'literal-long'; readonly share: number; readonly bytes: number }
  | { readonly kind: 'garbage'; readonly share: number; readonly lines: readonly string[] }
  | { readonly kind: 'uid-twice'; readonly share: number }
  | { readonly kind: 'unsolicited-fetch'; readonly share: number; readonly withUid: boolean }
  | { readonly kind: 'expunge-during-fetch'; readonly share: number }
  | { readonly kind: 'idle-dead' }
  | { readonly kind: 'limit' | 'log-in-refused'; readonly words: string };

export type FaultKind = ServerFault['kind'];

/** Where in a conversation a fault fits. */
export type Occasion =
  'greeting' | 'log-in' | 'idle' | 'search' | 'fetch' | 'fetch-letters' | 'fetch-one' | 'open' | 'other';

const fits: Readonly<Record<FaultKind, readonly Occasion[]>> = {
  drop: ['fetch-letters'],
  stall: ['fetch-letters'],
  bye: ['fetch-letters', 'fetch', 'search', 'open', 'other'],
  refuse: ['fetch-letters', 'fetch', 'search', 'open'],
  'letters-missing': ['fetch-letters', 'fetch'],
  'only-letter-missing': ['fetch-one'],
  'empty-letter': ['fetch-letters'],
  'unasked-letter': ['fetch-letters'],
  'exists-lies': ['fetch-letters', 'fetch', 'search', 'other'],
  'looks-empty': ['open'],
  'search-missing': ['search'],
  'literal-short': ['fetch-letters'],
  'literal-long': ['fetch-letters'],
  garbage: ['fetch-letters', 'fetch', 'search', 'open'],
  'uid-twice': ['fetch-letters', 'fetch'],
  'unsolicited-fetch': ['fetch-letters', 'fetch', 'search'],
  'expunge-during-fetch': ['fetch-letters', 'fetch'],
  'idle-dead': ['idle'],
  limit: ['greeting'],
  'log-in-refused': ['log-in'],
};

/** The faults that wait for their moment, and those that had it. */
export class ArmedFaults {
  #waiting: { readonly fault: ServerFault; left: number }[] = [];
  readonly fired: FaultKind[] = [];

  /** `times` in a row. */
  arm(fault: ServerFault, times = 1): void {
    this.#waiting.push({ fault, left: times });
  }

  disarm(): void {
    this.#waiting = [];
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  /** Some can only happen to a client that connects. */
  wantsNewConnection(): boolean {
    return this.#waiting.some(({ fault }) => ['limit', 'log-in-refused', 'looks-empty'].includes(fault.kind));
  }

  take(...occasions: readonly Occasion[]): ServerFault | null {
    const found = this.#waiting.find(({ fault }) =>
      occasions.some((occasion) => fits[fault.kind].includes(occasion)),
    );
    if (found === undefined) return null;
    found.left -= 1;
    if (found.left === 0) this.#waiting = this.#waiting.filter((other) => other !== found);
    this.fired.push(found.fault.kind);
    return found.fault;
  }
}
