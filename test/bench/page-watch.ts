import type { Page } from '@playwright/test';

/** What has to be on the page, as CSS says it, and what it has to contain. */
export interface Sight {
  readonly selector: string;
  readonly text?: string;
  /** Of a field. */
  readonly value?: string;
}

interface Watch {
  /** Milliseconds from the next event of that kind, as the browser dates it, to the frame in which all is painted. */
  timeToPaint(event: string, sights: readonly Sight[]): Promise<number>;
  /** Milliseconds from navigation to the frame in which all is painted. */
  sinceNavigation(sights: readonly Sight[]): Promise<number>;
  /** Scrolls an element for so long; answers for each frame how long its longest task kept the page from others. */
  scroll(selector: string, ms: number, pixelsAFrame: number): Promise<readonly number[]>;
}
declare global {
  interface Window {
    benchWatch?: Watch;
    benchTook?: Promise<number> | undefined;
  }
}

/** Puts the stopwatch into a page. It looks once a frame, so that it does not slow down what it measures. */
export async function installWatch(page: Page): Promise<void> {
  await page.evaluate(() => {
    const isSeen = ({ selector, text = '', value }: Sight) =>
      [...document.querySelectorAll<HTMLElement>(selector)].some(
        (element) =>
          element.innerText.includes(text) &&
          (value === undefined || (element as HTMLInputElement).value === value),
      );
    /** Calls back behind the painting of the frame that is being made. */
    const afterPaint = (then: () => void) => {
      const { port1, port2 } = new MessageChannel();
      port1.addEventListener('message', then);
      port1.start();
      port2.postMessage(null);
    };
    const painted = async (from: () => number | null, sights: readonly Sight[]) =>
      new Promise<number>((resolve, reject) => {
        const giveUpAt = performance.now() + 60_000;
        const look = () => {
          const start = from();
          if (performance.now() > giveUpAt) {
            const missing = sights.filter((sight) => !isSeen(sight)).map(({ selector }) => selector);
            reject(new Error(`never painted: ${missing.join(', ')}; began at ${start ?? 'no time'}`));
          } else if (start === null || !sights.every(isSeen)) requestAnimationFrame(look);
          else afterPaint(() => resolve(performance.now() - start));
        };
        requestAnimationFrame(look);
      });
    window.benchWatch = {
      timeToPaint: async (event, sights) => {
        let startedAt: number | null = null;
        const note = ({ timeStamp }: Event) => {
          startedAt ??= timeStamp;
        };
        window.addEventListener(event, note, true);
        const took = await painted(() => startedAt, sights);
        window.removeEventListener(event, note, true);
        return took;
      },
      sinceNavigation: async (sights) => painted(() => 0, sights),
      scroll: async (selector, ms, pixelsAFrame) => {
        const element = document.querySelector(selector);
        const longest: number[] = [];
        let inFrame = 0;
        let last = performance.now();
        const end = last + ms;
        const { port1, port2 } = new MessageChannel();
        // Messages to oneself run between all other tasks: a gap is the task that stood between two.
        port1.addEventListener('message', () => {
          const now = performance.now();
          inFrame = Math.max(inFrame, now - last);
          last = now;
          if (now < end) port2.postMessage(null);
        });
        port1.start();
        port2.postMessage(null);
        await new Promise<void>((resolve) => {
          const step = () => {
            longest.push(inFrame);
            inFrame = 0;
            element?.scrollBy(0, pixelsAFrame);
            if (performance.now() < end) requestAnimationFrame(step);
            else resolve();
          };
          requestAnimationFrame(step);
        });
        return longest;
      },
    };
  });
}

/** Milliseconds from what `act` does to the page, an event of this kind, to the painting of what it leads to. */
export async function timeToPaint(
  page: Page,
  event: 'keydown' | 'click' | 'input' | 'change',
  act: () => Promise<unknown>,
  ...sights: readonly Sight[]
): Promise<number> {
  await page.evaluate(
    (given) => {
      window.benchTook = window.benchWatch?.timeToPaint(given.event, given.sights);
    },
    { event, sights },
  );
  await act();
  return page.evaluate(async () => (await window.benchTook) ?? Number.NaN);
}
