import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { ApiCallError } from '#main/tickets/api-call-error.ts';
import { protocolVersion } from '#shared/protocol/protocol-version.ts';
import { makeCertificates } from '#test/fakes/make-certificates.ts';
import { MemoryTokens, openClient, session } from './memory-tokens.ts';
import { answer, startScripted, type Script } from './scripted-server.ts';

const watermark = { at: 5 };
const unauthorised = { kind: 'unauthorised', message: 'no' };

/** Knows one valid access token; a refresh makes the next one valid. */
function tokenServer(): { script: Script; refreshes: () => number; expire: () => void } {
  let valid = 0;
  let refreshes = 0;
  return {
    refreshes: () => refreshes,
    expire: () => {
      valid += 1;
    },
    script(request, response) {
      if (request.path === '/v1/refresh') {
        refreshes += 1;
        valid = Math.max(valid, refreshes);
        answer(response, 200, session(valid));
      } else if (request.headers.authorization === `Bearer access-${String(valid)}`) {
        answer(response, 200, watermark);
      } else {
        answer(response, 401, unauthorised);
      }
    },
  };
}

describe('a call', () => {
  test('goes where the route table says, with version, token, query and body', async () => {
    const server = await startScripted((request, response) => {
      answer(
        response,
        200,
        request.method === 'GET'
          ? { epoch: 'e', head: 3, next: 3, more: false, changes: [], someday: 'more' }
          : { leaseExpiresAt: 1, movedOn: null },
      );
    });
    const { api } = openClient(`${server.url}/behind/a/proxy`);
    const page = await api.call('pullChanges', { query: { after: 2, epoch: 'e 1' } });
    expect(page).toMatchObject({ ok: true, value: { next: 3 } });
    expect(server.seen[0]).toMatchObject({
      method: 'GET',
      path: '/behind/a/proxy/v1/changes?after=2&epoch=e+1',
      headers: { authorization: 'Bearer access-0', 'x-stp-protocol': String(protocolVersion) },
    });
    await api.call('ingestLease', { body: { deskId: 'd' } });
    expect(server.seen[1]).toMatchObject({
      method: 'POST',
      path: '/behind/a/proxy/v1/ingest/lease',
      body: '{"deskId":"d"}',
    });
  });

  const answers: readonly [string, Script, ApiCallError['kind']][] = [
    [
      'an answer that does not fit',
      (_, response) => answer(response, 200, { at: 'soon' }),
      'unexpected-answer',
    ],
    [
      'JSON that is cut short',
      (_, response) => {
        response.writeHead(200, { 'content-type': 'application/json' });
        response.end('{"at":');
      },
      'unexpected-answer',
    ],
    [
      'a body that ends before its length',
      (_, response) => {
        response.writeHead(200, { 'content-length': '100' });
        response.write('{"at":');
        setImmediate(() => response.destroy());
      },
      'unreachable',
    ],
    ['a dropped connection', (_, response) => void response.destroy(), 'unreachable'],
    [
      'the page of a captive portal',
      (_, response) => void response.writeHead(200, { 'content-type': 'text/html' }).end('<html>'),
      'unexpected-answer',
    ],
    [
      'a redirect',
      (_, response) => void response.writeHead(302, { location: 'https://example.by' }).end(),
      'unexpected-answer',
    ],
    [
      'a proxy without its API',
      (_, response) => void response.writeHead(502).end('Bad gateway'),
      'unavailable',
    ],
    ['a body limit', (_, response) => void response.writeHead(413).end(), 'invalid'],
    [
      'an API that is newer',
      (_, response) => answer(response, 426, { kind: 'upgrade-required', message: '' }),
      'upgrade-required',
    ],
    [
      'an error of a kind that is not known',
      (_, response) => answer(response, 400, { kind: 'new-kind', message: '' }),
      'unexpected-answer',
    ],
  ];
  test.each(answers)('%s is told as what it is', async (_name, script, kind) => {
    const server = await startScripted(script);
    const { api } = openClient(server.url);
    const told: (ApiCallError | null)[] = [];
    api.subscribe((problem) => told.push(problem));
    const result = await api.call('getWatermark', {});
    expect(result).toMatchObject({ ok: false, error: { kind } });
    expect(told).toHaveLength(1);
  });

  test('an answer that never comes ends by the time limit', async () => {
    const server = await startScripted(() => {});
    const { api } = openClient(server.url, { timeoutMs: 200 });
    expect(await api.call('getWatermark', {})).toMatchObject({ ok: false, error: { kind: 'unreachable' } });
  });

  test('the caller can give up', async () => {
    const abort = new AbortController();
    const server = await startScripted(() => abort.abort());
    const { api } = openClient(server.url);
    const result = await api.call('getWatermark', {}, { signal: abort.signal });
    expect(result).toMatchObject({ ok: false, error: { kind: 'aborted' } });
  });

  test('nobody there is unreachable', async () => {
    const free = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => free.once('listening', resolve));
    const address = free.address();
    free.close();
    const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
    const { api } = openClient(`http://127.0.0.1:${String(port)}`);
    expect(await api.call('health', {})).toMatchObject({ ok: false, error: { kind: 'unreachable' } });
  });

  test.each([
    ['too-many-attempts', { kind: 'too-many-attempts', message: '', retryAfterMs: 7_000 }, '1', 7_000],
    ['too-many-attempts', { kind: 'too-many-attempts', message: '' }, '9', 9_000],
    ['unavailable', 'slow down', '3', 3_000],
    ['unavailable', 'slow down', 'Mon, 23 Nov 2026 09:00:05 GMT', 5_000],
    ['unavailable', 'slow down', 'Mon, 23 Nov 2026 08:00:00 GMT', 0],
    ['unavailable', 'slow down', 'Mon, 23 Nov 2099 09:00:00 GMT', 86_400_000],
    ['unavailable', 'slow down', 'tomorrow', undefined],
  ])('status 429 (%s) tells when to come again', async (kind, body, header, retryAfterMs) => {
    const server = await startScripted((_, response) => {
      answer(response, 429, body, { 'retry-after': header, date: 'Mon, 23 Nov 2026 09:00:00 GMT' });
    });
    const { api } = openClient(server.url);
    const result = await api.call('getWatermark', {});
    expect(result).toMatchObject({ ok: false, error: { kind } });
    expect(!result.ok && result.error.retryAfterMs).toBe(retryAfterMs);
  });

  test('measures the API’s clock with every answer', async () => {
    let now = 1_000_000;
    const server = await startScripted((_, response) => {
      now += 100;
      answer(response, 200, watermark, { 'x-stp-time': String(now + 60_000 - 50) });
    });
    const { api } = openClient(server.url, { clock: { now: () => now } });
    await api.call('getWatermark', {});
    expect(api.clockOffsetMs).toBe(60_000);
    expect(api.serverNow()).toBe(now + 60_000);
  });
});

describe('a stream', () => {
  test('gives its bytes as they come, and breaks when it is silent for too long', async () => {
    const server = await startScripted((_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(': beat\n\n');
    });
    const { api } = openClient(server.url);
    const { signal } = new AbortController();
    const stream = await api.openStream('/v1/changes/live', { signal, silenceMs: 300 });
    if (!stream.ok) throw new Error(stream.error.kind);
    const seen: string[] = [];
    const reading = (async () => {
      for await (const bytes of stream.value) seen.push(Buffer.from(bytes).toString());
    })();
    await expect(reading).rejects.toThrow();
    expect(seen).toEqual([': beat\n\n']);
  });

  test('ends when the reader goes away', async () => {
    const closed = Promise.withResolvers<void>();
    const server = await startScripted((_, response) => {
      response.on('close', () => closed.resolve());
      response.writeHead(200).write('x');
    });
    const { api } = openClient(server.url);
    const abort = new AbortController();
    const stream = await api.openStream('/v1/changes/live', { signal: abort.signal, silenceMs: 60_000 });
    expect(stream.ok).toBe(true);
    abort.abort();
    await closed.promise;
  });

  test('is opened with new tokens, too', async () => {
    const { script, expire } = tokenServer();
    const server = await startScripted(script);
    const { api } = openClient(server.url);
    expire();
    const { signal } = new AbortController();
    const stream = await api.openStream('/v1/changes/live', { signal, silenceMs: 60_000 });
    expect(stream.ok).toBe(true);
    expect(server.seen.map(({ path }) => path)).toEqual([
      '/v1/changes/live',
      '/v1/refresh',
      '/v1/changes/live',
    ]);
  });
});

describe('tokens', () => {
  test('are renewed once for many calls, and each call is answered', async () => {
    const { script, refreshes, expire } = tokenServer();
    const server = await startScripted(script);
    const { api } = openClient(server.url);
    await api.call('getWatermark', {});
    expire();
    const results = await Promise.all(Array.from({ length: 20 }, () => api.call('getWatermark', {})));
    expect(results.every(({ ok }) => ok)).toBe(true);
    expect(refreshes()).toBe(1);
  });

  test('are renewed before they end, by the API’s clock', async () => {
    const { script, refreshes } = tokenServer();
    const server = await startScripted(script);
    const tokens = new MemoryTokens();
    await tokens.renewed({ ...session(0), accessExpiresAt: 1_029_000 });
    const { api } = openClient(server.url, { tokens, clock: { now: () => 1_000_000 } });
    expect((await api.call('getWatermark', {})).ok).toBe(true);
    expect(refreshes()).toBe(1);
    expect(server.seen.map(({ path }) => path)).toEqual(['/v1/refresh', '/v1/watermark']);
  });

  test('that the API refuses for good end the session after one try', async () => {
    const server = await startScripted((_, response) => answer(response, 401, unauthorised));
    const { api, tokens } = openClient(server.url);
    expect(await api.call('getWatermark', {})).toMatchObject({ ok: false, error: { kind: 'unauthorised' } });
    expect(tokens.wasRefused).toBe(true);
    expect(server.seen.map(({ path }) => path)).toEqual(['/v1/watermark', '/v1/refresh']);
    // Without tokens nobody is asked.
    await api.call('getWatermark', {});
    expect(server.seen).toHaveLength(2);
  });

  test('are kept when only the way to the API is broken', async () => {
    const server = await startScripted((request, response) => {
      if (request.path === '/v1/refresh') response.destroy();
      else answer(response, 401, unauthorised);
    });
    const { api, tokens } = openClient(server.url);
    expect(await api.call('getWatermark', {})).toMatchObject({ ok: false, error: { kind: 'unreachable' } });
    expect(tokens.wasRefused).toBe(false);
    expect(tokens.read().refresh?.token).toBe('refresh-0');
  });
});

describe('TLS', () => {
  let ca = '';
  let tls: { key: Buffer; cert: Buffer };
  let folder = '';

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'stp-tls-'));
    const paths = await makeCertificates(folder);
    ca = await readFile(paths.ca, 'utf8');
    tls = { key: await readFile(paths.key), cert: await readFile(paths.certificate) };
    return () => rm(folder, { recursive: true, force: true });
  });

  const healthy: Script = (_, response) => answer(response, 200, watermark);

  test('an own certificate authority is trusted when it was given', async () => {
    const server = await startScripted(healthy, tls);
    const { api } = openClient(server.url, { certificateAuthority: ca });
    expect(await api.call('getWatermark', {})).toEqual({ ok: true, value: watermark });
  });

  test('and is not when it was not', async () => {
    const server = await startScripted(healthy, tls);
    const { api } = openClient(server.url);
    expect(await api.call('getWatermark', {})).toMatchObject({
      ok: false,
      error: { kind: 'bad-certificate' },
    });
    expect(server.seen).toEqual([]);
  });

  test('a certificate for another name is refused', async () => {
    const server = await startScripted(healthy, tls, '127.0.0.2');
    const { api } = openClient(server.url, { certificateAuthority: ca });
    expect(await api.call('getWatermark', {})).toMatchObject({
      ok: false,
      error: { kind: 'bad-certificate' },
    });
  });

  test('plain text on a TLS port is an unexpected answer', async () => {
    const plain = createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')).listen(
      0,
      '127.0.0.1',
    );
    onTestFinished(() => void plain.close());
    await new Promise((resolve) => plain.once('listening', resolve));
    const address = plain.address();
    const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
    const { api } = openClient(`https://127.0.0.1:${String(port)}`);
    const result = await api.call('getWatermark', {});
    expect(result).toMatchObject({ ok: false, error: { kind: 'unexpected-answer' } });
  });
});
