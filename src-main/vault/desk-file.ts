import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { Type, type Static } from 'typebox';
import { Value } from 'typebox/value';
import { readPrivateFile, writePrivateFile } from './private-file.ts';

const DeskFileSchema = Type.Object({
  v: Type.Literal(1),
  /** Random; names this installation in leases. */
  deskId: Type.String({ minLength: 1, maxLength: 64 }),
  /** Profile that is opened at start; null after a log-out. */
  active: Type.Union([Type.String({ pattern: '^[0-9a-f]{32}$' }), Type.Null()]),
  /** What the log-in form starts with. */
  last: Type.Object({
    apiUrl: Type.String(),
    login: Type.String(),
    certificateAuthority: Type.Union([Type.String(), Type.Null()]),
  }),
  /** Who has worked here: finds a profile while the API is away. */
  profiles: Type.Array(
    Type.Object({
      id: Type.String({ pattern: '^[0-9a-f]{32}$' }),
      apiUrl: Type.String(),
      login: Type.String(),
    }),
  ),
});
/** What one installation remembers in plain text: no secrets. */
export type DeskFile = Static<typeof DeskFileSchema>;

/** A missing or unreadable file is a new desk. */
export async function readDeskFile(userData: string): Promise<DeskFile> {
  const file = await readPrivateFile(pathIn(userData));
  let value: unknown = null;
  try {
    value = file === null ? null : JSON.parse(file.toString('utf8'));
  } catch {
    // Falls through to a new desk; profiles are found again at the next log-in.
  }
  if (Value.Check(DeskFileSchema, value)) return value;
  return {
    v: 1,
    deskId: randomUUID(),
    active: null,
    last: { apiUrl: '', login: '', certificateAuthority: null },
    profiles: [],
  };
}

/** Rejects with the operating system's error. */
export async function writeDeskFile(userData: string, file: DeskFile): Promise<void> {
  await writePrivateFile(pathIn(userData), JSON.stringify(file));
}

function pathIn(userData: string): string {
  return join(userData, 'desk.json');
}
