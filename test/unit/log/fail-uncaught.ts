import { join } from 'node:path';
import { logUncaught } from '#main/fault.ts';
import { FileLog } from '#main/log.ts';

/* A process in which two things go wrong and nobody catches them; it says so when it has outlived both. */

const [, , dir = ''] = process.argv;
const log = new FileLog({ dir: join(dir, 'logs'), clock: { now: () => 0 } });
logUncaught(log);
const secret = 'Тема письма ivan@example.by';
void Promise.reject(new TypeError(secret));
setImmediate(() => {
  setImmediate(() => void log.flush().then(() => process.stdout.write('outlived\n')));
  throw new RangeError(secret);
});
