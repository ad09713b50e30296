import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A folder on a web server as electron-builder fills it. */
export interface Feed {
  readonly url: string;
  /** By path; what is not there is answered with 404. */
  readonly files: Map<string, string | Buffer>;
  readonly asked: string[];
  readonly close: () => void;
}

/** Starts an empty feed. */
export async function startFeed(): Promise<Feed> {
  const files: Feed['files'] = new Map();
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '', 'http://feed').pathname;
    asked.push(path);
    const content = files.get(path);
    if (content === undefined) response.writeHead(404).end();
    else response.writeHead(200, { 'content-length': Buffer.byteLength(content) }).end(content);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/desk`, files, asked, close: () => void server.close() };
}

/** Puts a version into the feed. */
export function publish(
  feed: Feed,
  version: string,
  file: Buffer,
  changes: { sha512?: string; notes?: string } = {},
): void {
  const sha512 = changes.sha512 ?? createHash('sha512').update(file).digest('base64');
  const name = `stp-console-${version}-x86_64.AppImage`;
  feed.files.set(`/desk/${name}`, file);
  feed.files.set(
    '/desk/latest-linux.yml',
    [
      `version: ${version}`,
      'files:',
      `  - url: ${name}`,
      `    sha512: ${sha512}`,
      `    size: ${file.length}`,
      `path: ${name}`,
      `sha512: ${sha512}`,
      `releaseNotes: ${JSON.stringify(changes.notes ?? '')}`,
      "releaseDate: '2026-11-22T12:00:00.000Z'",
      '',
    ].join('\n'),
  );
}
