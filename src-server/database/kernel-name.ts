import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

const retryMs = 20;
const patienceMs = 10_000;

/**
 * Runs `work` while this process alone holds a machine-wide name; others wait, at most ten seconds.
 *
 * The name is a listening socket without a file (unix(7), abstract sockets) or a named pipe on Windows: the kernel frees
 * it when the process ends, however it ends, so there is nothing stale to clean up. Other systems have no such thing;
 * there `work` runs unguarded.
 */
export async function holdingName<T>(name: string, work: () => Promise<T>): Promise<T> {
  const address = addressOf(name);
  if (address === null) return await work();
  const server = await listen(address);
  try {
    return await work();
  } finally {
    server.close();
    await once(server, 'close');
  }
}

function addressOf(name: string): string | null {
  if (process.platform === 'linux') return `\0${name}`;
  return process.platform === 'win32' ? `\\\\.\\pipe\\${name}` : null;
}

async function listen(address: string): Promise<Server> {
  for (let waitedMs = 0; ; waitedMs += retryMs) {
    const server = createServer();
    try {
      server.listen(address);
      await once(server, 'listening');
      return server;
    } catch (error) {
      const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
      if (!taken || waitedMs >= patienceMs) throw error;
    }
    await delay(retryMs);
  }
}
