import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
};

/**
 * What the desk's pages may do: run their own scripts and talk to their own origin.
 *
 * Styles may be inline because Mantine and the letters' own styling are. Letters stand in `srcdoc` frames, which no
 * `frame-src` applies to; every other frame, and so any navigation of a letter's frame, is refused.
 */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self'",
  "frame-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const securityHeaders = {
  'content-security-policy': contentSecurityPolicy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};

/** Answers with a file of the built pages; never with one outside of `folder`. */
export async function answerWithPageFile(folder: string, request: Request): Promise<Response> {
  if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405);
  const path = filePath(folder, new URL(request.url).pathname);
  const contentType = path === undefined ? undefined : contentTypes[extname(path)];
  if (path === undefined || contentType === undefined) return refuse(404);
  try {
    const bytes = await readFile(path);
    return new Response(request.method === 'HEAD' ? null : new Uint8Array(bytes), {
      headers: { ...securityHeaders, 'content-type': contentType },
    });
  } catch {
    // Not there, or a folder: the page learns no more.
    return refuse(404);
  }
}

function refuse(status: 404 | 405): Response {
  return new Response(null, { status, headers: securityHeaders });
}

function filePath(folder: string, pathname: string): string | undefined {
  try {
    const path = normalize(join(folder, decodeURIComponent(pathname)));
    return path.startsWith(folder + sep) && !path.includes('\0') ? path : undefined;
  } catch {
    // A malformed percent sequence.
    return undefined;
  }
}
