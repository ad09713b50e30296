import type { Session } from 'electron';
import { isAppUrl } from './app-origin.ts';

/**
 * Refuses every permission, every device and every request that leaves the desk.
 *
 * Whatever a letter or a bug gets into a page, the session lets nothing out but `app:`; `blob:` and `data:` stay inside.
 */
export function guardSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, answer) => answer({}));
  session.setSpellCheckerEnabled(false);
  session.webRequest.onBeforeRequest((details, answer) => answer({ cancel: !staysInside(details.url) }));
}

function staysInside(url: string): boolean {
  return isAppUrl(url) || /^(?:blob|data|devtools):/u.test(url);
}
