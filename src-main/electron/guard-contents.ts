import { app } from 'electron';
import { openExternal } from './open-external.ts';

/**
 * Pins every page that this process ever makes to its first address: no navigation, no new windows, no guests.
 *
 * A link that asks for a new window opens outside, if it is of an allowed kind. `reportFailure` hears when the
 * operating system cannot open it.
 */
export function guardAllContents(reportFailure: (error: unknown) => void): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.setWindowOpenHandler(({ url }) => {
      // How links of a letter open: its frame runs no script that could ask for it otherwise.
      openExternal(url).catch(reportFailure);
      return { action: 'deny' };
    });
    contents.on('will-navigate', (event) => event.preventDefault());
    contents.on('will-redirect', (event) => event.preventDefault());
    contents.on('will-frame-navigate', (event) => {
      // A letter's frame is filled from `srcdoc`, under the page's own address.
      if (event.url !== 'about:srcdoc') event.preventDefault();
    });
    contents.on('will-attach-webview', (event) => event.preventDefault());
  });
}
