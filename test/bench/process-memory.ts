import { readdir, readFile } from 'node:fs/promises';

/** Megabytes that the renderers of a browser hold, pages and workers alike; what they share is divided among them. */
export async function rendererMegabytes(userDataDir: string): Promise<number> {
  let kilobytes = 0;
  for (const id of await readdir('/proc')) {
    if (!/^\d+$/u.test(id)) continue;
    const command = await readFile(`/proc/${id}/cmdline`, 'utf8').catch(() => '');
    if (!command.includes('--type=renderer') || !command.includes(userDataDir)) continue;
    const rollup = await readFile(`/proc/${id}/smaps_rollup`, 'utf8').catch(() => '');
    kilobytes += Number(/^Pss:\s+(\d+) kB$/mu.exec(rollup)?.[1] ?? 0);
  }
  return kilobytes / 1024;
}
