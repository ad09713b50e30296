import '@mantine/core/styles.css';
import '@mantine/dates/styles.css';
import '@mantine/notifications/styles.css';
import '@mantine/tiptap/styles.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { I18nextProvider } from 'react-i18next';
import { compileDefaultCalendar } from '#shared/calendar/default-calendar.ts';
import { App } from './app.tsx';
import { windowBridge } from './bridge/window-bridge.ts';
import { connectCache } from './cache/cache-client.ts';
import { dressOf, dressPage } from './ui/dress.ts';
import './ui/ui.css';
import './ui/contrast.css';
import './ui/page.css';
import './features/articles/articles.css';
import './features/compose/compose.css';
import './features/desk/desk.css';
import './features/login/login.css';
import './features/palette/palette.css';
import './features/phone/phone.css';
import './features/queue/queue.css';
import './features/settings/settings.css';
import './features/setup/setup.css';
import './features/status/status.css';
import './features/templates/templates.css';
import './features/ticket/conversation.css';
import './features/ticket/ticket.css';
import { DressedPage } from './dressed-page.tsx';
import { loadWords } from './language/words.ts';
import { followPreferences, usePreferences } from './state/use-preferences.ts';

const place = document.querySelector('#root');
const bridge = windowBridge(window);
if (place === null || bridge === null) throw new Error('the page was opened outside of the desk');

followPreferences(bridge, localStorage);
const atStart = usePreferences.getState().value;
dressPage(document, atStart, dressOf(atStart, window));
const words = await loadWords(atStart.language);
usePreferences.subscribe(({ value }) => {
  if (value.language !== words.language) void words.changeLanguage(value.language);
});
createRoot(place).render(
  <StrictMode>
    <I18nextProvider i18n={words}>
      <DressedPage>
        <App bridge={bridge} cache={connectCache()} calendar={compileDefaultCalendar()} />
      </DressedPage>
    </I18nextProvider>
  </StrictMode>,
);
