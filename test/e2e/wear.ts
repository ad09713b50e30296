import type { Page } from '@playwright/test';
import type { CallResult, Bridge } from '#shared/bridge/bridge-client.ts';
import type { Preferences } from '#shared/bridge/preferences.ts';

/** What a picture is told apart by. */
export type Dress = Pick<Preferences, 'language' | 'colorScheme' | 'contrast' | 'zoom'>;

/** How the desk looks to most agents, and the language in which tests read it. */
export const plainDress: Dress = { language: 'ru', colorScheme: 'light', contrast: 'normal', zoom: 1 };

/** Changes the look through the preferences, with whatever is open staying so; resolves once it is drawn. */
export async function wear(page: Page, dress: Partial<Dress>): Promise<void> {
  await page.evaluate(
    async (wanted: Dress) => {
      const { bridge } = window as unknown as { bridge: Bridge };
      const got: CallResult<'preferences.get'> = await bridge.call('preferences.get', {});
      if (!got.ok) throw new Error(got.error.kind);
      await bridge.call('preferences.put', { ...got.value, ...wanted });
      const { documentElement: root, body } = document;
      const isDrawn = () =>
        root.lang === wanted.language &&
        root.dataset['mantineColorScheme'] === wanted.colorScheme &&
        root.dataset['contrast'] === wanted.contrast &&
        body.style.zoom === String(wanted.zoom);
      const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
      while (!isDrawn()) await frame();
      await frame();
      await frame();
    },
    { ...plainDress, ...dress },
  );
}
