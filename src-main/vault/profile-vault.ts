import { hkdfSync, randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Type, type Static } from 'typebox';
import { Value } from 'typebox/value';
import { err, ok, type Result } from '#shared/result.ts';
import { diskProblem, type DiskProblem } from '../journal/disk.ts';
import type { KeyStore } from './key-store.ts';
import { standardCost, unwrapByPassword, wrapByPassword, type ScryptCost } from './password-wrap.ts';
import { readPrivateFile, writePrivateFile } from './private-file.ts';
import { seal, unseal } from './seal.ts';
import { liftSecrets, VaultSecretsSchema, type VaultSecrets } from './vault-secrets.ts';

export interface VaultError {
  readonly kind:
    | DiskProblem
    /**
     * Neither the key store, nor the password with the local copy, nor the password with the escrow opens the key that
     * this profile was made with. Nothing was changed: a key store that works again still opens it.
     */
    | 'key-lost'
    /** The escrow was needed and the API could not be asked. */
    | 'escrow-unreachable';
}

/** The copy of the wrapped key that the API keeps. Null as an answer: there is none. */
export interface Escrow {
  get(): Promise<Result<string | null, unknown>>;
  put(wrappedKey: string): Promise<Result<unknown, unknown>>;
}

export interface VaultOptions {
  /** Folder of the profile; made when missing. */
  readonly dir: string;
  readonly profileId: string;
  readonly keyStore: KeyStore;
  /** Null at a start without log-in: then only the key store can open. */
  readonly password: string | null;
  /** Null when the API cannot be asked. */
  readonly escrow: Escrow | null;
  readonly cost?: ScryptCost;
}

/** Keys that are derived from the data key, one for each use. */
export type KeyPurpose = 'journal' | 'cache' | 'attachments' | 'secrets';

/** The data key twice wrapped; each null where it could not be. */
const WrappedKeysSchema = Type.Object({
  v: Type.Literal(1),
  /** Tells the profile's key from another one while no copy opens. */
  keyId: Type.String({ pattern: '^[0-9a-f]{32}$' }),
  byKeyStore: Type.Union([Type.String(), Type.Null()]),
  byPassword: Type.Union([Type.String(), Type.Null()]),
});
type WrappedKeys = Static<typeof WrappedKeysSchema>;

/**
 * The keys and secrets of one (API, agent) profile.
 *
 * A random 32-byte data key, the same on every computer of the agent, is wrapped by the operating system's key store, by
 * the password in a local file, and by the password in the API's escrow, so that a lost key store does not lose the
 * journal. Nothing here is ever logged.
 */
export class ProfileVault {
  readonly #dir: string;
  readonly #dataKey: Uint8Array;
  readonly #profileId: string;

  private constructor(options: VaultOptions, dataKey: Uint8Array) {
    this.#dir = options.dir;
    this.#profileId = options.profileId;
    this.#dataKey = dataKey;
  }

  /**
   * Opens the vault, or makes it when the profile is new on this computer.
   *
   * Tried in order: key store, password with the local copy, password with the escrow. What did not fit any more (a new
   * password, a new key store) is wrapped again. Without a password and with no working key store it is `key-lost`, and
   * so it is when the escrow holds the key of another computer, begun after a password was reset: in place of the copies
   * that are here it would lose the journal.
   */
  static async open(options: VaultOptions): Promise<Result<ProfileVault, VaultError>> {
    try {
      await mkdir(options.dir, { recursive: true, mode: 0o700 });
      const wrapped = await readWrappedKeys(options.dir);
      const found = await findDataKey(options, wrapped);
      if (!found.ok) return found;
      await keepWrapped(options, wrapped, found.value);
      return ok(new ProfileVault(options, found.value.dataKey));
    } catch (error) {
      return err({ kind: diskProblem(error) });
    }
  }

  /** Whether this is the password that the local copy of the key was wrapped by; asks nobody. */
  static async passwordFits(dir: string, profileId: string, password: string): Promise<boolean> {
    const { byPassword } = copiesIn(await readWrappedKeys(dir));
    return byPassword !== null && (await unwrapByPassword(byPassword, password, profileId)) !== null;
  }

  /** 32 bytes for one use (HKDF-SHA-256, RFC 5869). */
  subKey(purpose: KeyPurpose): Uint8Array {
    return derived(this.#dataKey, this.#profileId, purpose);
  }

  /** Null when there are none, or they cannot be read. */
  async readSecrets(): Promise<VaultSecrets | null> {
    const sealed = await readPrivateFile(secretsPath(this.#dir));
    const plain =
      sealed === null ? null : unseal(this.subKey('secrets'), sealed, secretsContext(this.#profileId));
    if (plain === null) return null;
    const value = liftSecrets(JSON.parse(Buffer.from(plain).toString('utf8')));
    return Value.Check(VaultSecretsSchema, value) ? value : null;
  }

  /** Resolves when they would survive a power cut. Later calls wait for earlier ones. */
  async writeSecrets(secrets: VaultSecrets): Promise<Result<void, VaultError>> {
    const sealed = seal(
      this.subKey('secrets'),
      Buffer.from(JSON.stringify(secrets)),
      secretsContext(this.#profileId),
    );
    try {
      await writePrivateFile(secretsPath(this.#dir), sealed);
      return ok(undefined);
    } catch (error) {
      return err({ kind: diskProblem(error) });
    }
  }
}

interface FoundKey {
  readonly dataKey: Uint8Array;
  /** What opened it: these copies are good. */
  readonly keyStoreFits: boolean;
  readonly passwordFits: boolean;
  /** The API's copy where it was asked and answered, null when it has none; undefined when nobody knows. */
  readonly escrowed: string | null | undefined;
}

async function findDataKey(
  options: VaultOptions,
  wrapped: WrappedKeys | 'unreadable' | null,
): Promise<Result<FoundKey, VaultError>> {
  const { password, profileId } = options;
  const local = copiesIn(wrapped).byPassword;
  const byPassword =
    password === null || local === null ? null : await unwrapByPassword(local, password, profileId);
  const byKeyStore = fromKeyStore(options.keyStore, copiesIn(wrapped).byKeyStore);
  const dataKey = byKeyStore ?? byPassword;
  if (dataKey !== null) {
    return ok({
      dataKey,
      keyStoreFits: byKeyStore !== null,
      passwordFits: byPassword !== null,
      escrowed: undefined,
    });
  }
  if (password === null || options.escrow === null) return err({ kind: 'key-lost' });
  const answer = await options.escrow.get();
  if (!answer.ok) return err({ kind: 'escrow-unreachable' });
  const escrowed = answer.value;
  const byEscrow = escrowed === null ? null : await unwrapByPassword(escrowed, password, profileId);
  // A profile that is new here takes the agent's key from the escrow, or begins one when no copy opens: there is
  // nothing on this computer yet that an older key would have to open.
  const secrets = await readPrivateFile(secretsPath(options.dir));
  const isNew = wrapped === null && secrets === null;
  if (!isNew && (byEscrow === null || !isKeyOf(byEscrow, profileId, wrapped, secrets))) {
    return err({ kind: 'key-lost' });
  }
  return ok({
    dataKey: byEscrow ?? randomBytes(32),
    keyStoreFits: false,
    passwordFits: false,
    escrowed: byEscrow === null ? null : escrowed,
  });
}

/** Whether what lies in the profile's folder was made with this key; true when nothing tells. */
function isKeyOf(
  key: Uint8Array,
  profileId: string,
  wrapped: WrappedKeys | 'unreadable' | null,
  secrets: Uint8Array | null,
): boolean {
  if (wrapped !== null && wrapped !== 'unreadable') return wrapped.keyId === keyIdOf(key, profileId);
  return (
    secrets === null ||
    unseal(derived(key, profileId, 'secrets'), secrets, secretsContext(profileId)) !== null
  );
}

/**
 * Brings every copy of the key up to date. A copy that cannot be made now is made at a later log-in, and an older one of
 * the same key stays meanwhile: a key store that is locked today opens tomorrow.
 */
async function keepWrapped(
  options: VaultOptions,
  wrapped: WrappedKeys | 'unreadable' | null,
  found: FoundKey,
): Promise<void> {
  const { password, profileId, escrow, keyStore, cost = standardCost } = options;
  const { dataKey } = found;
  const kept = copiesIn(wrapped);
  const byPassword =
    password === null || found.passwordFits
      ? kept.byPassword
      : await wrapByPassword(dataKey, password, profileId, cost);
  const byKeyStore = found.keyStoreFits
    ? kept.byKeyStore
    : (toKeyStore(keyStore, dataKey) ?? kept.byKeyStore);
  if (byPassword !== kept.byPassword || byKeyStore !== kept.byKeyStore) {
    const keys: WrappedKeys = { v: 1, keyId: keyIdOf(dataKey, profileId), byKeyStore, byPassword };
    const written = writePrivateFile(keysPath(options.dir), JSON.stringify(keys));
    // Older copies of the same key open as they did now; without any the next start would not find it.
    if (wrapped === null || wrapped === 'unreadable') await written;
    else await written.catch(() => {});
  }
  if (escrow === null || password === null || byPassword === null) return;
  const current = found.escrowed === undefined ? await escrow.get() : ok(found.escrowed);
  if (!current.ok) return;
  const opened = current.value === null ? null : await unwrapByPassword(current.value, password, profileId);
  if (opened === null || !Buffer.from(opened).equals(dataKey)) await escrow.put(byPassword);
}

async function readWrappedKeys(dir: string): Promise<WrappedKeys | 'unreadable' | null> {
  const file = await readPrivateFile(keysPath(dir));
  if (file === null) return null;
  let value: unknown = null;
  try {
    value = JSON.parse(file.toString('utf8'));
  } catch {
    // Falls through: a file that is not ours wraps nothing, and the escrow may still have the key.
  }
  return Value.Check(WrappedKeysSchema, value) ? value : 'unreadable';
}

function copiesIn(
  wrapped: WrappedKeys | 'unreadable' | null,
): Pick<WrappedKeys, 'byKeyStore' | 'byPassword'> {
  return wrapped === null || wrapped === 'unreadable' ? { byKeyStore: null, byPassword: null } : wrapped;
}

function derived(dataKey: Uint8Array, profileId: string, purpose: KeyPurpose | 'key-id'): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', dataKey, profileId, `stp-console/${purpose}/1`, 32));
}

/** Says nothing about the key but whether another one is the same. */
function keyIdOf(dataKey: Uint8Array, profileId: string): string {
  return Buffer.from(derived(dataKey, profileId, 'key-id'))
    .toString('hex')
    .slice(0, 32);
}

function keysPath(dir: string): string {
  return join(dir, 'keys.json');
}

function secretsPath(dir: string): string {
  return join(dir, 'secrets');
}

function secretsContext(profileId: string): Uint8Array {
  return Buffer.from(`secrets 1 ${profileId}`, 'utf8');
}

function fromKeyStore(keyStore: KeyStore, wrapped: string | null): Uint8Array | null {
  if (wrapped === null || keyStore.backend() === 'unavailable') return null;
  try {
    const key = Buffer.from(keyStore.decrypt(Buffer.from(wrapped, 'base64')), 'base64');
    return key.length === 32 ? key : null;
  } catch {
    // Another key store than the one that wrapped: a new installation, another user of the computer.
    return null;
  }
}

function toKeyStore(keyStore: KeyStore, key: Uint8Array): string | null {
  if (keyStore.backend() === 'unavailable') return null;
  try {
    return Buffer.from(keyStore.encrypt(Buffer.from(key).toString('base64'))).toString('base64');
  } catch {
    // A locked key store: the password still opens.
    return null;
  }
}
