import '@mantine/core/styles.css';
import '@mantine/dates/styles.css';
import '@mantine/notifications/styles.css';
import '@mantine/tiptap/styles.css';
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
import { windowBridge } from './bridge/window-bridge.ts';
import { connectCache } from './cache/cache-client.ts';
import { ProfileKeeper } from './profile-keeper.ts';
import { followPreferences, usePreferences } from './state/use-preferences.ts';
import { dressOf, dressPage } from './ui/dress.ts';

/* Dresses the page and has the cache opened, which takes a while, before the desk itself is even read. */

const place = document.querySelector('#root');
const bridge = windowBridge(window);
if (place === null || bridge === null) throw new Error('the page was opened outside of the desk');

const cache = connectCache();
new ProfileKeeper(bridge, cache).start();
followPreferences(bridge, localStorage);
const atStart = usePreferences.getState().value;
dressPage(document, atStart, dressOf(atStart, window));
const { showDesk } = await import('./show-desk.tsx');
await showDesk(place, bridge, cache);
