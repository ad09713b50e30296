import { protocol } from 'electron';
import { appOrigin, appScheme, isAppUrl } from './app-origin.ts';
import { answerWithPageFile } from './page-files.ts';

/** Answers one request for bulk data; the body of the answer is pulled only as fast as the page reads. */
export type HandleStream = (request: Request) => Promise<Response>;

/** Tells Chromium what kind of scheme `app:` is; must run before the app is ready. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: appScheme,
      privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true },
    },
  ]);
}

/** Serves the built pages from `rendererFolder` and hands everything under `/stream/` to `handleStream`. */
export function serveAppScheme(rendererFolder: string, handleStream: HandleStream): void {
  protocol.handle(appScheme, async (request) => {
    if (!isAppUrl(request.url)) return new Response(null, { status: 404 });
    if (!new URL(request.url).pathname.startsWith('/stream/'))
      return await answerWithPageFile(rendererFolder, request);
    // A letter's frame has an opaque origin; Chromium names the origin of every POST.
    const origin = request.headers.get('origin');
    if (request.method !== 'POST' || (origin !== null && origin !== appOrigin)) {
      return new Response(null, { status: 403 });
    }
    return await handleStream(request);
  });
}
