import { expect, test } from '@playwright/test';
import type { Language } from '#shared/text/language.ts';
import { Agent } from './agent.ts';
import { startService, type Service } from './start-service.ts';
import { cutOff, Screenshots, shortened } from './take-screenshots.ts';
import { deliverSampleLetters, tourArrival, tourDesk } from './tour.ts';
import { plainDress, wear, type Dress } from './wear.ts';

let service: Service;

test.beforeAll(async () => {
  test.setTimeout(180_000);
  service = await startService();
  await deliverSampleLetters(service);
});

test.afterAll(async () => {
  await service.stop();
});

const sizes = [
  { width: 1920, height: 1080 },
  { width: 1366, height: 768 },
] as const;

/** Light and dark have the same places for words, so that those are measured once for each language. */
const dresses: readonly Pick<Dress, 'language' | 'colorScheme'>[] = [
  { language: 'be', colorScheme: 'dark' },
  { language: 'be', colorScheme: 'light' },
  { language: 'en', colorScheme: 'dark' },
  { language: 'en', colorScheme: 'light' },
  { language: 'ru', colorScheme: 'dark' },
  { language: 'ru', colorScheme: 'light' },
];

test('every screen stands whole in three languages and two sizes, light and dark', async () => {
  const folder = process.env['STP_SCREENSHOTS'] ?? null;
  // Hundreds of pictures take longer than a look at the words.
  test.setTimeout(folder === null ? 300_000 : 900_000);
  const agent = await Agent.start(service, await service.newUserData());
  const { page } = agent;
  const shots = await Screenshots.start(page, folder);
  const check = async (screen: string, language: Language, width: number): Promise<void> => {
    const found = [...(await cutOff(page)), ...(await shortened(page.getByRole('contentinfo')))];
    expect.soft(found, `${screen}, ${language}, ${width}`).toEqual([]);
  };
  const visit = async (screen: string): Promise<void> => {
    for (const size of sizes) {
      await page.setViewportSize(size);
      for (const dress of dresses) {
        if (dress.colorScheme === 'dark' && !shots.areTaken) continue;
        await wear(page, dress);
        if (dress.colorScheme === 'light') await check(screen, dress.language, size.width);
        await shots.take(`${screen}-${dress.language}-${dress.colorScheme}-${size.width}`);
      }
    }
  };

  await page.setViewportSize(sizes[1]);
  await wear(page, plainDress);
  await tourArrival(agent, service, visit);
  await tourDesk(agent, service, visit);
});
