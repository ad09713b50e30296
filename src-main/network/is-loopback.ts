import { isIP } from 'node:net';

/** Whether a host name or address can only mean this computer (RFC 6761 §6.3, 127.0.0.0/8, ::1). */
export function isLoopback(host: string): boolean {
  const name = host
    .toLowerCase()
    .replace(/^\[(.*)\]$/u, '$1')
    .replace(/\.$/u, '');
  if (isIP(name) === 4) return name.startsWith('127.');
  if (isIP(name) === 6) return name === '::1' || name === '0:0:0:0:0:0:0:1';
  return name === 'localhost' || name.endsWith('.localhost');
}
