import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const script = fileURLToPath(new URL('print-deadlines.ts', import.meta.url));

async function printedIn(zone: string): Promise<{ offset: string; lines: string[] }> {
  const { stdout } = await promisify(execFile)(process.execPath, [script], {
    env: { ...process.env, TZ: zone },
    maxBuffer: 16 * 1024 * 1024,
  });
  const [offset = '', ...lines] = stdout.split('\n');
  return { offset, lines };
}

it('deadlines, ledgers and formatted moments do not depend on the zone of the machine', async () => {
  const [minsk, warsaw, honolulu] = await Promise.all(
    ['Europe/Minsk', 'Europe/Warsaw', 'Pacific/Honolulu'].map(printedIn),
  );
  // The processes really ran in different zones.
  expect([minsk?.offset, warsaw?.offset, honolulu?.offset]).toEqual([
    'offset -180',
    'offset -120',
    'offset 600',
  ]);
  expect(minsk?.lines.length).toBeGreaterThan(9000);
  expect(warsaw?.lines).toEqual(minsk?.lines);
  expect(honolulu?.lines).toEqual(minsk?.lines);
}, 30_000);
