import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { Type, type Static } from 'typebox';
import { Value } from 'typebox/value';
import { readPrivateFile, writePrivateFile } from './private-file.ts';

const DeskFileSchema = Type.Object({
  v: Type.Literal(1),
  /** Random; names this installation in leases. */
  deskId: Type.String({ minLength: 1, maxLength: 64 }),
  /** Profile that is opened at start; null after a log-out. */
  active: Type.Union([Type.String({ pattern: '^[0-9a-f]{32}$' }), Type.Null()]),
  /** What the log-in form starts with. */
  last: Type.Object({
    apiUrl: Type.String(),
    login: Type.String(),
    certificateAuthority: Type.Union([Type.String(), Type.Null()]),
  }),
  /** Who has worked here: finds a profile while the API is away. */
  profiles: Type.Array(
    Type.Object({
      id: Type.String({ pattern: '^[0-9a-f]{32}$' }),
      apiUrl: Type.String(),
      login: Type.String(),
    }),
  ),
});
type DeskFacts = Static<typeof DeskFileSchema>;

/** Whom a log-in was for. */
export interface RememberedLogin {
  readonly apiUrl: string;
  readonly login: string;
  readonly certificateAuthority: string | null;
}

/** What one installation remembers in plain text: no secrets. */
export class DeskFile {
  readonly #path: string;
  #facts: DeskFacts;

  private constructor(path: string, facts: DeskFacts) {
    this.#path = path;
    this.#facts = facts;
  }

  /** A missing or unreadable file is a new desk: its profiles are found again at their next log-in. */
  static async open(userData: string): Promise<DeskFile> {
    const path = join(userData, 'desk.json');
    const file = await readPrivateFile(path);
    let value: unknown = null;
    try {
      value = file === null ? null : JSON.parse(file.toString('utf8'));
    } catch {
      // Falls through to a new desk.
    }
    if (Value.Check(DeskFileSchema, value)) return new DeskFile(path, value);
    const made = new DeskFile(path, {
      v: 1,
      deskId: randomUUID(),
      active: null,
      last: { apiUrl: '', login: '', certificateAuthority: null },
      profiles: [],
    });
    // The id must be the same at the next start; a disk that refuses now is told of at the log-in.
    await made.#write(made.#facts).catch(() => {});
    return made;
  }

  get facts(): DeskFacts {
    return this.#facts;
  }

  /** The profile that is opened at start. */
  get activeProfile(): DeskFacts['profiles'][number] | null {
    return this.#facts.profiles.find(({ id }) => id === this.#facts.active) ?? null;
  }

  /** Opens this profile at the next start. Rejects with the operating system's error. */
  async remember({ apiUrl, login, certificateAuthority }: RememberedLogin, profileId: string): Promise<void> {
    const others = this.#facts.profiles.filter(({ id }) => id !== profileId);
    await this.#write({
      ...this.#facts,
      active: profileId,
      last: { apiUrl, login, certificateAuthority },
      profiles: [...others, { id: profileId, apiUrl, login }],
    });
  }

  /** Opens no profile at the next start. Rejects with the operating system's error. */
  async deactivate(): Promise<void> {
    await this.#write({ ...this.#facts, active: null });
  }

  async #write(facts: DeskFacts): Promise<void> {
    this.#facts = facts;
    await writePrivateFile(this.#path, JSON.stringify(facts));
  }
}
