import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import type { Bridge } from '#shared/bridge/bridge-client.ts';
import { chooseElectron } from '../choose-electron.ts';
import { catchOpened } from './catch-opened.ts';
import { launchApp, type LaunchedApp } from './launch-app.ts';

declare global {
  interface Window {
    readonly bridge: Bridge;
  }
}

/** Counts what reaches it: a web site that a letter would like to load from. */
async function startOutside(): Promise<{ server: Server; url: string; seen: string[] }> {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    seen.push(request.url ?? '');
    response.writeHead(200, { 'access-control-allow-origin': '*' }).end('outside');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen };
}

let userDataDir: string;
let outside: Awaited<ReturnType<typeof startOutside>>;

test.beforeAll(async () => {
  userDataDir = await mkdtemp(join(tmpdir(), 'stp-shell-'));
  outside = await startOutside();
});

test.afterAll(async () => {
  outside.server.close();
  await rm(userDataDir, { recursive: true, force: true });
});

test.describe('a page of the desk', () => {
  let desk: LaunchedApp;
  let page: Page;

  test.beforeAll(async () => {
    desk = await launchApp({ userDataDir });
    page = await desk.window();
    await page.waitForLoadState();
  });

  test.afterAll(async () => {
    await desk.close();
  });

  test('has no Node and sees nothing of the preload but the bridge', async () => {
    const seen = await page.evaluate(() => ({
      foreign: [
        'process',
        'require',
        'module',
        'Buffer',
        'global',
        'ipcRenderer',
        'contextBridge',
        'electron',
      ].filter((name) => name in window),
      host: Object.getOwnPropertyNames(window).filter((name) => /^electron|ipc|hostSend/iu.test(name)),
      bridge: Object.keys(window.bridge).sort(),
      frozen: Object.isFrozen(window.bridge),
    }));
    expect(seen).toEqual({ foreign: [], host: [], bridge: ['call', 'on'], frozen: true });
  });

  test('gets answers through the bridge', async () => {
    const answer = await page.evaluate(() => window.bridge.call('app.echo', { text: 'Заявка № 1' }));
    expect(answer).toEqual({ ok: true, value: { text: 'Заявка № 1' } });
  });

  test('hears the events that it listens to, until it stops', async () => {
    const send = (name: string, payload: object) =>
      desk.app.evaluate(
        ({ BrowserWindow }, [name, payload]) => {
          for (const { webContents } of BrowserWindow.getAllWindows())
            webContents.send('bridge.event', name, payload);
        },
        [name, payload] as const,
      );
    await page.evaluate(() => {
      const heard: unknown[] = [];
      const stop = window.bridge.on('session.changed', (state) => heard.push(state));
      Object.assign(window, { heard, stop });
    });
    const heard = () => page.evaluate(() => (window as unknown as { heard: unknown[] }).heard);
    const state = {
      state: 'signed-out',
      apiUrl: 'https://stp.by/',
      login: 'иванов',
      hasCertificate: false,
    };
    await send('status.changed', { mailbox: {} });
    await send('session.changed', state);
    await expect.poll(heard).toEqual([state]);
    await page.evaluate(() => (window as unknown as { stop: () => void }).stop());
    await send('session.changed', state);
    // An answer comes after everything that was sent before it.
    await page.evaluate(() => window.bridge.call('app.echo', { text: 'x' }));
    expect(await heard()).toEqual([state]);
  });

  test('cannot call what the contract does not list, nor with other parameters', async () => {
    const answers = await page.evaluate(async () => {
      const bridge = window.bridge as unknown as { call(name: unknown, params: unknown): Promise<unknown> };
      const call = (name: unknown, params: unknown) => bridge.call(name, params);
      return [
        await call('app.quit', {}),
        await call('constructor', {}),
        await call(['app.echo'], { text: 'x' }),
        await call('app.echo', { text: 5 }),
        await call('app.echo', undefined),
      ];
    });
    expect(answers).toEqual(answers.map(() => ({ ok: false, error: { kind: 'invalid' } })));
  });

  test('runs in a secure context under a strict CSP', async () => {
    const seen = await page.evaluate(async () => {
      const violated: string[] = [];
      document.addEventListener('securitypolicyviolation', (event) =>
        violated.push(event.effectiveDirective),
      );
      const inline = document.createElement('script');
      inline.textContent = 'window.inlineRan = true';
      document.head.append(inline);
      const frame = document.createElement('iframe');
      frame.src = 'https://example.com/';
      document.body.append(frame);
      // Text as a program; `eval` itself is allowed to DevTools, which runs this.
      const text = document.createElement('button');
      text.setAttribute('onclick', 'window.inlineRan = true');
      text.click();
      await fetch('https://example.com/').catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, 0));
      frame.remove();
      const response = await fetch('/index.html');
      return {
        secure: isSecureContext,
        inlineRan: 'inlineRan' in window,
        violated: [...new Set(violated)].sort(),
        policy: response.headers.get('content-security-policy'),
        sniffing: response.headers.get('x-content-type-options'),
      };
    });
    expect(seen).toMatchObject({ secure: true, inlineRan: false, sniffing: 'nosniff' });
    expect(seen.policy).toContain("default-src 'none'");
    expect(seen.violated).toEqual(['connect-src', 'frame-src', 'script-src-attr', 'script-src-elem']);
  });

  test('stays where it is and opens no windows; what asks for one goes outside if it may', async () => {
    const opened = await catchOpened(desk);
    const address = page.url();
    const windows = desk.app.windows().length;
    await page.evaluate((url) => {
      window.open(`${url}/opened`);
      window.open('file:///etc/passwd');
      window.open('javascript:alert(1)');
      window.open('');
      const link = document.createElement('a');
      link.href = `${url}/link`;
      link.target = '_blank';
      document.body.append(link);
      link.click();
      link.target = '';
      link.click();
      link.remove();
    }, outside.url);
    await page.evaluate((url) => {
      location.href = `${url}/location`;
    }, outside.url);
    const answer = await page.evaluate(() => window.bridge.call('app.echo', { text: 'still here' }));
    expect(answer.ok).toBe(true);
    expect(page.url()).toBe(address);
    await expect.poll(() => desk.app.windows().length).toBe(windows);
    expect(outside.seen).toEqual([]);
    expect(await opened()).toEqual([`${outside.url}/opened`, `${outside.url}/link`]);
  });

  test('opens links of allowed kinds outside, through the bridge', async () => {
    const opened = await catchOpened(desk);
    const open = (url: string) =>
      page.evaluate((url) => window.bridge.call('app.openExternal', { url }), url);
    expect(await open('https://stp.by/article?id=5')).toEqual({ ok: true, value: {} });
    expect(await open('file:///etc/passwd')).toEqual({ ok: false, error: { kind: 'forbidden' } });
    expect(await open('https://stp.by@evil.example/')).toEqual({ ok: false, error: { kind: 'forbidden' } });
    expect(await opened()).toEqual(['https://stp.by/article?id=5']);
  });

  test('is refused every permission', async () => {
    const states = await page.evaluate(async () => {
      const names = ['geolocation', 'notifications', 'camera', 'microphone', 'midi', 'clipboard-read'];
      const asked = names.map(async (name) => {
        const { state } = await navigator.permissions.query({ name: name as PermissionName });
        return `${name} ${state}`;
      });
      const position = new Promise<string>((resolve) =>
        navigator.geolocation.getCurrentPosition(
          () => resolve('position given'),
          (error) => resolve(`position refused ${error.code}`),
        ),
      );
      const media = navigator.mediaDevices.getUserMedia({ audio: true }).then(
        () => 'microphone given',
        (error: unknown) => `microphone refused ${error instanceof DOMException ? error.name : ''}`,
      );
      return [...(await Promise.all(asked)), await position, await media];
    });
    expect(states.slice(0, 6).every((state) => state.endsWith(' denied'))).toBe(true);
    expect(states[6]).toBe('position refused 1');
    expect(states[7]).toMatch(/^microphone refused/u);
  });

  test('shows letters in frames that have no bridge', async () => {
    const seen = await page.evaluate(async () => {
      const frame = document.createElement('iframe');
      frame.srcdoc = '<p>letter</p>';
      const loaded = new Promise((resolve) => frame.addEventListener('load', resolve));
      document.body.append(frame);
      await loaded;
      const seen = {
        bridge: frame.contentWindow !== null && 'bridge' in frame.contentWindow,
        text: frame.contentDocument?.body.textContent,
      };
      frame.remove();
      return seen;
    });
    expect(seen).toEqual({ bridge: false, text: 'letter' });
  });

  test('host: a call from a frame is refused even with the preload world in it', async () => {
    test.skip(test.info().project.name !== 'host', 'real Electron runs no preload in frames');
    const frameId = await addFrameWithPreloadWorld(page);
    expect(frameId).toEqual({ ok: false, error: { kind: 'forbidden' } });
  });

  test('50 MB arrive intact, no faster than the page reads, and stop when it leaves', async () => {
    // The app's own streams need a mailbox; here the scheme's handler itself is exchanged.
    await desk.app.evaluate(({ protocol }) => {
      const blockSize = 65_536;
      const state = Object.assign(globalThis, { sentBytes: 0, cancelled: false });
      protocol.unhandle('app');
      protocol.handle('app', (request) => {
        const size = Number(new URL(request.url).searchParams.get('size'));
        state.sentBytes = 0;
        return new Response(
          new ReadableStream({
            pull: (controller) => {
              if (state.sentBytes >= size) {
                controller.close();
                return;
              }
              const block = new Uint8Array(Math.min(blockSize, size - state.sentBytes));
              for (let at = 0; at < block.length; at += 1) block[at] = ((state.sentBytes + at) * 31) >> 3;
              state.sentBytes += block.length;
              controller.enqueue(block);
            },
            cancel: () => {
              state.cancelled = true;
            },
          }),
        );
      });
    });
    const wrong = await page.evaluate(async () => {
      const response = await fetch('/probe?size=50000000', { method: 'POST', body: '{}' });
      const bytes = new Uint8Array(await response.arrayBuffer());
      const firstWrong = bytes.findIndex((byte, at) => byte !== (((at * 31) >> 3) & 255));
      return { length: bytes.length, firstWrong };
    });
    expect(wrong).toEqual({ length: 50_000_000, firstWrong: -1 });

    const reader = await page.evaluateHandle(async () => {
      const response = await fetch('/probe?size=500000000', { method: 'POST', body: '{}' });
      const stalled = response.body?.getReader();
      await stalled?.read();
      return stalled;
    });
    const sent = () => desk.app.evaluate(() => (globalThis as unknown as { sentBytes: number }).sentBytes);
    let before = -1;
    await expect
      .poll(async () => {
        const now = await sent();
        const stopped = now === before;
        before = now;
        return stopped;
      })
      .toBe(true);
    expect(before).toBeLessThan(100_000_000);
    await reader.evaluate((stalled) => stalled?.cancel());
    const cancelled = () =>
      desk.app.evaluate(() => (globalThis as unknown as { cancelled: boolean }).cancelled);
    await expect.poll(cancelled).toBe(true);
  });
});

/** Makes the world that only the preload may have in a frame, and calls the bridge from it. */
async function addFrameWithPreloadWorld(page: Page): Promise<unknown> {
  await page.evaluate(async () => {
    const frame = document.createElement('iframe');
    frame.id = 'intruder';
    frame.srcdoc = '<p>intruder</p>';
    const loaded = new Promise((resolve) => frame.addEventListener('load', resolve));
    document.body.append(frame);
    await loaded;
  });
  const session = await page.context().newCDPSession(page);
  const { frameTree } = await session.send('Page.getFrameTree');
  const frameId = frameTree.childFrames?.[0]?.frame.id ?? '';
  const { executionContextId } = await session.send('Page.createIsolatedWorld', {
    frameId,
    worldName: 'electron-preload',
  });
  const { result } = await session.send('Runtime.evaluate', {
    contextId: executionContextId,
    awaitPromise: true,
    returnByValue: true,
    expression: `new Promise((resolve) => {
      globalThis.electronHostReceive = (messages) => resolve(JSON.parse(messages[0])[2]);
      electronHostSend(JSON.stringify(['invoke', 'bridge.call', 1, ['app.echo', { text: 'from a frame' }]]));
    })`,
  });
  await session.detach();
  return result.value as unknown;
}

test('without its CSP a page still loads nothing from outside', async () => {
  const desk = await launchApp({ userDataDir, bypassCSP: true });
  try {
    const page = await desk.window();
    await page.waitForLoadState();
    const address = page.url();
    const failed = await page.evaluate(async (url) => {
      const image = new Image();
      const imageFailed = new Promise<string>((resolve) => {
        image.addEventListener('load', () => resolve('image loaded'));
        image.addEventListener('error', () => resolve('image refused'));
      });
      image.src = `${url}/image`;
      const fetched = await fetch(`${url}/fetch`).then(
        () => 'fetched',
        () => 'fetch refused',
      );
      navigator.sendBeacon(`${url}/beacon`, 'x');
      const frame = document.createElement('iframe');
      frame.srcdoc = `<a id="link" href="${url}/frame-link">link</a><img src="${url}/frame-image">`;
      const loaded = new Promise((resolve) => frame.addEventListener('load', resolve));
      document.body.append(frame);
      await loaded;
      frame.contentDocument?.querySelector<HTMLAnchorElement>('#link')?.click();
      const direct = document.createElement('iframe');
      direct.src = `${url}/frame`;
      document.body.append(direct);
      const source = URL.createObjectURL(
        new Blob([
          `fetch('${url}/worker').then(() => postMessage('worker fetched'), () => postMessage('worker refused'))`,
        ]),
      );
      const worker = new Worker(source);
      const worked = await new Promise<string>((resolve) => {
        worker.addEventListener('message', (event) => resolve(String(event.data)));
      });
      return [await imageFailed, fetched, worked];
    }, outside.url);
    expect(failed).toEqual(['image refused', 'fetch refused', 'worker refused']);
    await page.evaluate((url) => {
      location.assign(`${url}/assign`);
    }, outside.url);
    expect((await page.evaluate(() => window.bridge.call('app.echo', { text: 'here' }))).ok).toBe(true);
    expect(page.url()).toBe(address);
    expect(outside.seen).toEqual([]);
  } finally {
    await desk.close();
  }
});

test('is one per computer account: a second start shows the first and ends', async () => {
  const desk = await launchApp({ userDataDir });
  try {
    const told = desk.app.evaluate(
      ({ app }) =>
        new Promise<string[]>((resolve) => app.once('second-instance', (_event, argv) => resolve(argv))),
    );
    const args = [
      join(import.meta.dirname, '../..'),
      '--no-sandbox',
      `--user-data-dir=${userDataDir}`,
      '--second',
    ];
    const second = spawn(chooseElectron().executable, args, { stdio: 'ignore' });
    expect(await once(second, 'exit')).toEqual([0, null]);
    expect(await told).toContain('--second');
    expect((await desk.window()).isClosed()).toBe(false);
  } finally {
    await desk.close();
  }
});

/** Ids of the browser processes that work on a folder. */
function browsersOf(folder: string): string[] {
  return readdirSync('/proc').filter((id) => {
    try {
      const commandLine = readFileSync(`/proc/${id}/cmdline`, 'utf8');
      return /^\d+$/u.test(id) && commandLine.includes(folder) && commandLine.includes('chrom');
    } catch {
      // It ended in between.
      return false;
    }
  });
}

test('starts again at once after being killed, on the same storage', async () => {
  const write = async (page: Page) =>
    await page.evaluate(async () => {
      const request = indexedDB.open('shell-test', 1);
      request.addEventListener('upgradeneeded', () => request.result.createObjectStore('kept'));
      await new Promise((resolve) => request.addEventListener('success', resolve));
      const transaction = request.result.transaction('kept', 'readwrite', { durability: 'strict' });
      const store = transaction.objectStore('kept');
      const count = store.count();
      store.add('value', Date.now());
      await new Promise((resolve) => transaction.addEventListener('complete', resolve));
      return count.result;
    });
  const first = await launchApp({ userDataDir });
  expect(await write(await first.window())).toBe(0);
  const browserIds = browsersOf(userDataDir);
  expect(browserIds.length).toBeGreaterThan(0);
  await first.kill();
  await expect.poll(() => browsersOf(userDataDir)).toEqual([]);
  const second = await launchApp({ userDataDir });
  try {
    expect(await write(await second.window())).toBe(1);
  } finally {
    await second.close();
  }
});
