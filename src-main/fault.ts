import type { Log } from './log.ts';

/**
 * Where an unknown error happened: its name, the operating system's code where there is one, and the calls that led there.
 *
 * Its message stays out: it may quote an address, a subject or a server.
 */
export function faultOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const code =
    'code' in error && /^[A-Z][A-Z0-9_]{1,40}$/u.test(String(error.code)) ? [String(error.code)] : [];
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /u.test(line));
  return [error.name, ...code, ...frames.map((line) => line.trim())].join(' ');
}

/** Logs what nobody caught, in place of the runtime's own words, which show the message; the process goes on. */
export function logUncaught(log: Log): void {
  process.on('uncaughtException', (error, origin) => log.error('bug', { id: origin, fault: faultOf(error) }));
  process.on('unhandledRejection', (reason) =>
    log.error('bug', { id: 'unhandledRejection', fault: faultOf(reason) }),
  );
}
