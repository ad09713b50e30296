import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { KeyStore } from '#main/vault/key-store.ts';
import { ProfileVault, type Escrow, type VaultOptions } from '#main/vault/profile-vault.ts';
import type { VaultSecrets } from '#main/vault/vault-secrets.ts';
import type { AgentId } from '#shared/ids.ts';
import { err, ok } from '#shared/result.ts';

const cost = { log2N: 4, r: 8, p: 1 };
const profileId = 'f'.repeat(32);

/** A key store of one computer: opens only what it sealed itself. */
function keyStore(name: string, backend: ReturnType<KeyStore['backend']> = 'guarded'): KeyStore {
  return {
    backend: () => backend,
    encrypt: (text) => Buffer.from(`${name}:${text}`).reverse(),
    decrypt(bytes) {
      const text = Buffer.from(bytes).reverse().toString();
      if (!text.startsWith(`${name}:`)) throw new Error('sealed by another key store');
      return text.slice(name.length + 1);
    },
  };
}

/** The API's place for one agent's wrapped key. */
function escrow(reachable = true): Escrow & { kept: string | null; puts: number } {
  return {
    kept: null,
    puts: 0,
    get() {
      return Promise.resolve(reachable ? ok(this.kept) : err('unreachable'));
    },
    put(wrapped) {
      if (!reachable) return Promise.resolve(err('unreachable'));
      this.kept = wrapped;
      this.puts += 1;
      return Promise.resolve(ok(undefined));
    },
  };
}

async function temporaryFolder(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'stp-vault-'));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  return dir;
}

async function openVault(options: Partial<VaultOptions> & Pick<VaultOptions, 'dir'>): Promise<ProfileVault> {
  const opened = await tryVault(options);
  if (!opened.ok) throw new Error(opened.error.kind);
  return opened.value;
}

function tryVault(
  options: Partial<VaultOptions> & Pick<VaultOptions, 'dir'>,
): ReturnType<typeof ProfileVault.open> {
  return ProfileVault.open({
    profileId,
    keyStore: keyStore('office-pc'),
    password: 'старый пароль',
    escrow: escrow(),
    cost,
    ...options,
  });
}

const secrets: VaultSecrets = {
  v: 1,
  agent: {
    id: '01900000-0000-7000-8000-000000000001' as AgentId,
    login: 'anna',
    name: 'Анна',
    role: 'agent',
    disabled: false,
    groupId: null,
  },
  refreshToken: { token: 'very-secret-token', expiresAt: 1 },
  lastContactAt: 5,
  epoch: 'e',
  mailbox: null,
  certificateAuthority: null,
};

describe('secrets of older desks', () => {
  test('of an agent without a group open, and belong to none', async () => {
    const dir = await temporaryFolder();
    const vault = await openVault({ dir });
    const { groupId: _none, ...agent } = secrets.agent;
    await vault.writeSecrets({ ...secrets, agent } as VaultSecrets);
    expect(await (await openVault({ dir })).readSecrets()).toEqual(secrets);
  });

  test('that make no sense are none', async () => {
    const dir = await temporaryFolder();
    const vault = await openVault({ dir });
    for (const wrong of [null, [], { v: 1 }, { v: 1, agent: null }, { ...secrets, v: 0 }]) {
      await vault.writeSecrets(wrong as unknown as VaultSecrets);
      expect(await vault.readSecrets()).toBe(null);
    }
  });
});

describe('a vault', () => {
  test('keeps one key over starts without a password', async () => {
    const dir = await temporaryFolder();
    const first = await openVault({ dir });
    const again = await openVault({ dir, password: null, escrow: null });
    expect(again.subKey('journal')).toEqual(first.subKey('journal'));
  });

  test('gives every purpose its own key, and every profile others', async () => {
    const vault = await openVault({ dir: await temporaryFolder() });
    const other = await openVault({ dir: await temporaryFolder() });
    const keys = [vault, other].flatMap((one) =>
      (['journal', 'cache', 'attachments', 'secrets'] as const).map((purpose) =>
        Buffer.from(one.subKey(purpose)).toString('hex'),
      ),
    );
    expect(new Set(keys).size).toBe(8);
    expect(keys.every((key) => /^[0-9a-f]{64}$/u.test(key))).toBe(true);
  });

  test.each([
    ['another computer’s key store', keyStore('new-pc')],
    ['no key store', keyStore('office-pc', 'unavailable')],
  ])('opens by the password and the local copy with %s', async (_name, broken) => {
    const dir = await temporaryFolder();
    const first = await openVault({ dir });
    expect((await tryVault({ dir, keyStore: broken, password: 'чужой', escrow: null })).ok).toBe(false);
    const again = await openVault({ dir, keyStore: broken, escrow: null });
    expect(again.subKey('journal')).toEqual(first.subKey('journal'));
  });

  test('wraps by a new key store once the password has opened it', async () => {
    const dir = await temporaryFolder();
    const first = await openVault({ dir });
    await openVault({ dir, keyStore: keyStore('new-pc'), escrow: null });
    const again = await openVault({ dir, keyStore: keyStore('new-pc'), password: null, escrow: null });
    expect(again.subKey('cache')).toEqual(first.subKey('cache'));
  });

  test('a changed password wraps again, here and on the API', async () => {
    const dir = await temporaryFolder();
    const api = escrow();
    const first = await openVault({ dir, escrow: api });
    await openVault({ dir, escrow: api, password: 'новый пароль' });
    const elsewhere = await openVault({
      dir: await temporaryFolder(),
      escrow: api,
      password: 'новый пароль',
      keyStore: keyStore('home-pc'),
    });
    expect(elsewhere.subKey('journal')).toEqual(first.subKey('journal'));
    expect(await ProfileVault.passwordFits(dir, profileId, 'новый пароль')).toBe(true);
    expect(await ProfileVault.passwordFits(dir, profileId, 'старый пароль')).toBe(false);
  });

  test('takes the key from the escrow when key store and local copy fail', async () => {
    const dir = await temporaryFolder();
    const api = escrow();
    const first = await openVault({ dir, escrow: api });
    await rm(join(dir, 'keys.json'));
    const again = await openVault({ dir, escrow: api, keyStore: keyStore('new-pc') });
    expect(again.subKey('journal')).toEqual(first.subKey('journal'));
  });

  test('says that the key is lost when nothing opens it, and destroys nothing', async () => {
    const dir = await temporaryFolder();
    await openVault({ dir });
    const before = await readFile(join(dir, 'keys.json'));
    const broken = { dir, keyStore: keyStore('new-pc'), password: 'новый пароль' };
    expect(await tryVault({ ...broken, escrow: escrow() })).toEqual({
      ok: false,
      error: { kind: 'key-lost' },
    });
    expect(await tryVault({ ...broken, escrow: null })).toEqual({ ok: false, error: { kind: 'key-lost' } });
    expect(await tryVault({ ...broken, password: null })).toEqual({ ok: false, error: { kind: 'key-lost' } });
    expect(await tryVault({ ...broken, escrow: escrow(false) })).toEqual({
      ok: false,
      error: { kind: 'escrow-unreachable' },
    });
    expect(await readFile(join(dir, 'keys.json'))).toEqual(before);
  });

  test('does not take the key of another computer for its own, and destroys nothing', async () => {
    const dir = await temporaryFolder();
    const api = escrow();
    const first = await openVault({ dir, escrow: api });
    await first.writeSecrets(secrets);
    // The password was reset: the escrow does not open on a new computer, which begins a key of its own.
    const password = 'новый пароль';
    await openVault({ dir: await temporaryFolder(), escrow: api, password, keyStore: keyStore('home-pc') });
    const before = await readFile(join(dir, 'keys.json'));
    const locked = keyStore('office-pc', 'unavailable');
    expect(await tryVault({ dir, escrow: api, password, keyStore: locked })).toEqual({
      ok: false,
      error: { kind: 'key-lost' },
    });
    expect(await readFile(join(dir, 'keys.json'))).toEqual(before);
    const unlocked = await openVault({ dir, password: null, escrow: null });
    expect(unlocked.subKey('journal')).toEqual(first.subKey('journal'));
  });

  test.each(['lost', 'damaged'])(
    'with its own copies %s takes only the key that opens what is here, and begins no other',
    async (how) => {
      const dir = await temporaryFolder();
      const api = escrow();
      const first = await openVault({ dir, escrow: api });
      await first.writeSecrets(secrets);
      if (how === 'lost') await rm(join(dir, 'keys.json'));
      else await writeFile(join(dir, 'keys.json'), '{');
      const own = api.kept;
      const password = 'новый пароль';
      const store = keyStore('new-pc');
      const keyLost = { ok: false, error: { kind: 'key-lost' } };
      expect(await tryVault({ dir, escrow: api, password, keyStore: store })).toEqual(keyLost);
      expect(api.kept).toBe(own);
      await openVault({ dir: await temporaryFolder(), escrow: api, password, keyStore: store });
      expect(await tryVault({ dir, escrow: api, password, keyStore: store })).toEqual(keyLost);
      api.kept = own;
      const again = await openVault({ dir, escrow: api, keyStore: store });
      expect(again.subKey('journal')).toEqual(first.subKey('journal'));
    },
  );

  test('keeps the copy of a key store that is locked for a while', async () => {
    const dir = await temporaryFolder();
    const first = await openVault({ dir });
    await openVault({ dir, keyStore: keyStore('office-pc', 'unavailable') });
    const again = await openVault({ dir, password: null, escrow: null });
    expect(again.subKey('journal')).toEqual(first.subKey('journal'));
  });

  test('opens by the password where the disk takes no copy for a new key store, and keeps the older ones', async () => {
    const dir = await temporaryFolder();
    const first = await openVault({ dir });
    const kept = await readFile(join(dir, 'keys.json'));
    // Writing fails where a folder lies in the way.
    await mkdir(join(dir, 'keys.json.new'));
    const again = await openVault({ dir, keyStore: keyStore('new-installation'), escrow: null });
    expect(again.subKey('journal')).toEqual(first.subKey('journal'));
    expect(await readFile(join(dir, 'keys.json'))).toEqual(kept);
  });

  test('leaves a good escrow alone', async () => {
    const dir = await temporaryFolder();
    const api = escrow();
    await openVault({ dir, escrow: api });
    await openVault({ dir, escrow: api });
    expect(api.puts).toBe(1);
  });

  test('does not believe an escrow that would cost gigabytes, or that is nonsense', async () => {
    for (const kept of [
      'AAAA',
      Buffer.concat([Uint8Array.of(1, 30, 255, 1), Buffer.alloc(76)]).toString('base64'),
    ]) {
      const api = escrow();
      api.kept = kept;
      const dir = await temporaryFolder();
      const vault = await openVault({ dir, escrow: api });
      expect((await openVault({ dir, escrow: null })).subKey('cache')).toEqual(vault.subKey('cache'));
    }
  });

  test('keeps secrets that nobody reads without it, in files for their owner only', async () => {
    const parent = await temporaryFolder();
    const dir = join(parent, 'profile');
    const vault = await openVault({ dir });
    expect(await vault.readSecrets()).toBeNull();
    await Promise.all([
      vault.writeSecrets({ ...secrets, lastContactAt: 1 }),
      vault.writeSecrets({ ...secrets, lastContactAt: 2 }),
      vault.writeSecrets(secrets),
    ]);
    expect(await (await openVault({ dir, password: null, escrow: null })).readSecrets()).toEqual(secrets);
    expect((await stat(dir)).mode & 0o777).toBe(0o700);
    const files = (await readdir(dir)).map((name) => join(dir, name));
    const modes = await Promise.all(files.map(async (file) => (await stat(file)).mode & 0o777));
    expect(modes).toEqual([0o600, 0o600]);
    const contents = await Promise.all(files.map((file) => readFile(file)));
    expect(contents.some((content) => content.includes('very-secret'))).toBe(false);
  });

  test('secrets of another profile, or damaged ones, are none', async () => {
    const dir = await temporaryFolder();
    const vault = await openVault({ dir });
    await vault.writeSecrets(secrets);
    const bytes = await readFile(join(dir, 'secrets'));
    const other = await openVault({ dir: await temporaryFolder() });
    await other.writeSecrets(secrets);
    bytes[20] = (bytes[20] ?? 0) ^ 1;
    await writeFile(join(dir, 'secrets'), bytes);
    expect(await vault.readSecrets()).toBeNull();
  });
});
