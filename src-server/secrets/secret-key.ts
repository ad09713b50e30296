import { randomBytes } from 'node:crypto';
import { open, readFile } from 'node:fs/promises';
import path from 'node:path';

/**
 * The key that seals secrets: from the environment, else from `secret.key` in the data folder, made on first use with
 * mode 0600. Processes that share a PostgreSQL need one key: give it by the environment.
 */
export async function loadSecretKey(secretKeyHex: string | null, dataFolder: string): Promise<Buffer> {
  if (secretKeyHex !== null) return Buffer.from(secretKeyHex, 'hex');
  const file = path.join(dataFolder, 'secret.key');
  try {
    const handle = await open(file, 'wx', 0o600);
    try {
      const key = randomBytes(32);
      await handle.writeFile(`${key.toString('hex')}\n`);
      await handle.sync();
      return key;
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  const text = (await readFile(file, 'utf8')).trim();
  if (!/^[0-9a-f]{64}$/u.test(text))
    throw new Error(`${file} is damaged: it must hold 64 hexadecimal digits.`);
  return Buffer.from(text, 'hex');
}
