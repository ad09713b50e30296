import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { bridgeVersion } from '#shared/bridge/contract.ts';
import { protocolVersion } from '#shared/protocol/protocol-version.ts';

/*
 * Whoever changes a wire schema breaks desks that speak the old one, whoever changes the bridge breaks windows that a
 * running desk still shows. So every change raises the version, and its hash is recorded here beside the older ones.
 */

const here = import.meta.dirname;
const shared = path.join(here, '..', '..', '..', 'src-shared');

interface Recorded {
  readonly protocol: Readonly<Record<string, string>>;
  readonly bridge: Readonly<Record<string, string>>;
}
const recorded = JSON.parse(readFileSync(path.join(here, 'recorded-hashes.json'), 'utf8')) as Recorded;

const contracts = [
  {
    name: 'protocol',
    version: protocolVersion,
    versionIn: 'src-shared/protocol/protocol-version.ts (protocolVersion)',
    hashes: recorded.protocol,
    current: async () => await hashOf('protocol'),
  },
  {
    name: 'bridge',
    version: bridgeVersion,
    versionIn: 'src-shared/bridge/contract.ts (bridgeVersion)',
    hashes: recorded.bridge,
    current: async () => await hashOf('bridge'),
  },
] as const;

test.each(contracts)(
  'the $name is the one recorded for its version',
  async ({ name, version, versionIn, hashes, current }) => {
    const hash = await current();
    expect(
      hash,
      `The ${name} changed. Raise the version in ${versionIn} and record "${version + 1}": "${hash}" in recorded-hashes.json.`,
    ).toBe(hashes[version]);
  },
);

test.each(contracts)(
  'the $name keeps the hashes of all its versions, each another',
  ({ version, hashes }) => {
    expect(Object.keys(hashes).map(Number)).toEqual(
      Array.from({ length: version }, (_none, index) => index + 1),
    );
    expect(new Set(Object.values(hashes)).size).toBe(version);
  },
);

/** Hashes everything that the folder's modules export, and the types that travel without a schema. */
async function hashOf(folder: 'protocol' | 'bridge'): Promise<string> {
  const files = readdirSync(path.join(shared, folder))
    .filter((file) => file.endsWith('.ts'))
    .sort();
  const hash = createHash('sha256');
  for (const file of files) {
    const full = path.join(shared, folder, file);
    const exported = (await import(full)) as Readonly<Record<string, unknown>>;
    for (const name of Object.keys(exported).sort()) {
      const value = exported[name];
      // Functions are how things are done, versions are what is derived here.
      if (typeof value === 'function' || /version$/iu.test(name)) continue;
      hash.update(`${name}=${canonicalJson(value)}\n`);
    }
    // Frames of the bridge's streams are types only.
    if (folder === 'bridge') for (const type of typesOf(readFileSync(full, 'utf8'))) hash.update(`${type}\n`);
  }
  return hash.digest('hex');
}

/** Exported union types written out by hand, without comments and layout. */
function typesOf(source: string): readonly string[] {
  const plain = source.replaceAll(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/gu, '');
  const types = [...plain.matchAll(/export type (\w+Frame) =([\s\S]*?);\n(?=\n|$|export)/gu)];
  return types.map(([, name = '', body = '']) => `${name}=${body.replaceAll(/\s+/gu, '')}`);
}

function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
