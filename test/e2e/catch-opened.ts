import type { LaunchedApp } from './launch-app.ts';

/** Notes links from now on instead of opening them on this machine; answers what reads the notes. */
export async function catchOpened({ app }: LaunchedApp): Promise<() => Promise<readonly string[]>> {
  await app.evaluate(({ shell }) => {
    const opened: string[] = [];
    Object.assign(globalThis, { opened });
    shell.openExternal = (url) => {
      opened.push(url);
      return Promise.resolve();
    };
  });
  return async () => await app.evaluate(() => (globalThis as unknown as { opened: string[] }).opened);
}
