import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { hashPassword, verifyPassword } from '#server/access/password-hash.ts';
import { SecretBox } from '#server/secrets/secret-box.ts';
import { loadSecretKey } from '#server/secrets/secret-key.ts';

describe('the secret box', () => {
  const box = new SecretBox(randomBytes(32));

  test('opens what it sealed, and seals the same text differently each time', () => {
    const sealed = box.seal('mailbox', 'пароль 🔑');
    expect(box.open('mailbox', sealed)).toBe('пароль 🔑');
    expect(box.seal('mailbox', 'пароль 🔑')).not.toBe(sealed);
  });

  test('refuses another key, another purpose and every changed byte', () => {
    const sealed = box.seal('mailbox', 'secret');
    expect(() => new SecretBox(randomBytes(32)).open('mailbox', sealed)).toThrow();
    expect(() => box.open('escrow', sealed)).toThrow();
    const bytes = Buffer.from(sealed, 'base64');
    for (let index = 0; index < bytes.length; index += 1) {
      const changed = Buffer.from(bytes);
      changed[index] = (changed[index] ?? 0) ^ 1;
      expect(() => box.open('mailbox', changed.toString('base64'))).toThrow();
    }
  });
});

describe('the secret key', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'stp-key-'));
  });
  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  test('is made once, for the owner only, and found again', async () => {
    const key = await loadSecretKey(null, folder);
    expect(key).toHaveLength(32);
    expect(await loadSecretKey(null, folder)).toEqual(key);
    expect((await stat(path.join(folder, 'secret.key'))).mode & 0o777).toBe(0o600);
  });

  test('from the environment leaves no file', async () => {
    expect(await loadSecretKey('ab'.repeat(32), folder)).toEqual(Buffer.alloc(32, 0xab));
    await expect(stat(path.join(folder, 'secret.key'))).rejects.toThrow('ENOENT');
  });

  test('that is damaged is no key', async () => {
    await writeFile(path.join(folder, 'secret.key'), 'abc');
    await expect(loadSecretKey(null, folder)).rejects.toThrow('damaged');
  });
});

describe('password hashes', () => {
  test('verify the password only, however its letters are composed', async () => {
    const hash = await hashPassword('й пароль');
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=65536,t=3,p=4\$/u);
    expect(await verifyPassword('й пароль', hash)).toBe(true);
    expect(await verifyPassword('й пароль'.normalize('NFD'), hash)).toBe(true);
    expect(await verifyPassword('й парол', hash)).toBe(false);
    expect(await verifyPassword('', hash)).toBe(false);
  });

  test('are salted', async () => {
    expect(await hashPassword('одинаковый')).not.toBe(await hashPassword('одинаковый'));
  });

  test('agree with the reference implementation, by the cost that the hash itself names', async () => {
    // A vector of the reference implementation (P-H-C/phc-winner-argon2, src/test.c): 256 KiB, two passes, one lane.
    const hash = '$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4';
    expect(await verifyPassword('password', hash)).toBe(true);
    expect(await verifyPassword('Password', hash)).toBe(false);
  });
});
