import { app } from 'electron';

/** Hands a link to the operating system, if it is of an allowed kind. */
export type OpenLink = (url: string) => void;

/**
 * Pins every page that this process ever makes to its first address: no navigation, no new windows, no guests.
 *
 * What asks for a new window is a link, most often one in a letter's frame, which has no other way out: it goes to
 * `openLink`, and no window opens.
 */
export function guardAllContents(openLink: OpenLink): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.setWindowOpenHandler(({ url }) => {
      openLink(url);
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
