import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { I18nextProvider } from 'react-i18next';
import type { Bridge } from '#shared/bridge/bridge-client.ts';
import { App } from './app.tsx';
import type { CacheClient } from './cache/cache-client.ts';
import { DressedPage } from './dressed-page.tsx';
import { loadWords } from './language/words.ts';
import { usePreferences } from './state/use-preferences.ts';

/** Draws the desk into a place of the page, in the language of the preferences, and keeps it up to date. */
export async function showDesk(place: Element, bridge: Bridge, cache: CacheClient): Promise<void> {
  const words = await loadWords(usePreferences.getState().value.language);
  usePreferences.subscribe(({ value }) => {
    if (value.language !== words.language) void words.changeLanguage(value.language);
  });
  createRoot(place).render(
    <StrictMode>
      <I18nextProvider i18n={words}>
        <DressedPage>
          <App bridge={bridge} cache={cache} />
        </DressedPage>
      </I18nextProvider>
    </StrictMode>,
  );
}
