import { randomBytes } from 'node:crypto';
import type { Database } from '../database/database.ts';
import type { Agents } from './agents.ts';

/** How to log in for the first time. Shown once; only the password's hash is kept. */
export interface FirstAdmin {
  readonly login: string;
  readonly password: string;
}

/** Makes the first admin in a database without agents; null where there are some. Safe when processes start together. */
export async function makeFirstAdmin(database: Database, agents: Agents): Promise<FirstAdmin | null> {
  const rows = await database.query<{ some: boolean }>('select exists (select from agent) as some');
  if (rows[0]?.some !== false) return null;
  const password = randomBytes(15).toString('base64url');
  const created = await agents.create({ login: 'admin', name: 'Administrator', role: 'admin', password });
  // Another process was faster, and has told its own console.
  return created.ok ? { login: 'admin', password } : null;
}
