import { createHash, randomBytes } from 'node:crypto';

/** How fast this machine is at the moment, to compare absolute numbers of different runs: ms for SHA-256 of 256 MiB. */
export function calibrate(): number {
  const block = randomBytes(1024 * 1024);
  const started = performance.now();
  const hash = createHash('sha256');
  for (let index = 0; index < 256; index += 1) hash.update(block);
  hash.digest();
  return performance.now() - started;
}
