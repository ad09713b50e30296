import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join, normalize } from 'node:path';
import { chromium, type BrowserContext, type Page } from '@playwright/test';
import { build } from 'vite';

const types: Readonly<Record<string, string>> = { '.js': 'text/javascript', '.html': 'text/html' };

/** What the pages are and how the browser that shows them runs. */
export interface CacheBrowserOptions {
  /** The address of a module; every page runs it. */
  readonly entry: URL;
  /** Switches of Chromium. */
  readonly switches?: readonly string[];
  /** Answers a POST to a stream path. */
  readonly stream?: (path: string, body: unknown, response: ServerResponse) => void;
}

/** A real Chromium with a profile of its own on disk, and an origin that serves one bundled module to its pages. */
export class CacheBrowser {
  readonly #context: BrowserContext;
  readonly #folder: string;
  readonly #origin: string;
  readonly #stopServer: () => void;

  private constructor(context: BrowserContext, folder: string, origin: string, stopServer: () => void) {
    this.#context = context;
    this.#folder = folder;
    this.#origin = origin;
    this.#stopServer = stopServer;
  }

  static async start({ entry, switches = [], stream }: CacheBrowserOptions): Promise<CacheBrowser> {
    const folder = await mkdtemp(join(tmpdir(), 'stp-cache-browser-'));
    const site = join(folder, 'site');
    await build({
      configFile: false,
      root: new URL('../../..', import.meta.url).pathname,
      base: './',
      logLevel: 'error',
      worker: { format: 'es' },
      build: {
        target: 'chrome140',
        outDir: site,
        emptyOutDir: true,
        // Names in stack traces and profiles stay those of the sources.
        minify: false,
        rolldownOptions: {
          input: entry.pathname,
          output: { entryFileNames: 'entry.js' },
          preserveEntrySignatures: 'strict',
        },
      },
    });
    const server = createServer((request, response) => {
      if (request.method === 'POST')
        void bodyOf(request).then((body) => stream?.(request.url ?? '', body, response));
      else void serveFile(site, request.url ?? '/', response);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const context = await chromium.launchPersistentContext(join(folder, 'profile'), {
      executablePath: '/usr/bin/chromium',
      headless: true,
      args: ['--no-sandbox', ...switches],
    });
    const { port } = server.address() as AddressInfo;
    return new CacheBrowser(context, folder, `http://127.0.0.1:${port}`, () => {
      server.closeAllConnections();
      server.close();
    });
  }

  /** The browser's own folder. */
  get profileFolder(): string {
    return join(this.#folder, 'profile');
  }

  /** Opens a page and waits for its module. */
  async open(): Promise<Page> {
    const page = await this.#context.newPage();
    await page.goto(`${this.#origin}/`);
    await page.waitForFunction(() => document.title === 'ready');
    return page;
  }

  /** Seconds of processor time so far, of the processes that run pages and workers and of all. */
  async processorTime(): Promise<{ readonly renderers: number; readonly all: number }> {
    const session = await this.#context.browser()?.newBrowserCDPSession();
    const info = await session?.send('SystemInfo.getProcessInfo');
    const processes = info?.processInfo ?? [];
    await session?.detach();
    const sum = (chosen: typeof processes) => chosen.reduce((total, { cpuTime }) => total + cpuTime, 0);
    return { renderers: sum(processes.filter(({ type }) => type === 'renderer')), all: sum(processes) };
  }

  async stop(): Promise<void> {
    this.#stopServer();
    await this.#context.close();
    await rm(this.#folder, { recursive: true, force: true });
  }
}

const shell = `<!doctype html><meta charset="utf-8"><script type="module">
import * as entry from './entry.js';
globalThis.entry = entry;
document.title = 'ready';
</script>`;

async function serveFile(site: string, url: string, response: ServerResponse): Promise<void> {
  if (url === '/') {
    response.writeHead(200, { 'content-type': 'text/html' }).end(shell);
    return;
  }
  const path = join(site, normalize(new URL(url, 'http://localhost').pathname));
  try {
    const bytes = await readFile(path);
    response
      .writeHead(200, { 'content-type': types[extname(path)] ?? 'application/octet-stream' })
      .end(bytes);
  } catch {
    response.writeHead(404).end();
  }
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString('utf8'));
}
