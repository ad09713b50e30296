import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import type { ArticleId } from '#shared/ids.ts';
import type { MailServer } from '#shared/protocol/mailbox-record.ts';
import { assertNode } from '../assert-node.ts';
import { appIsStale, buildApp } from '../build-app.ts';
import { chooseElectron } from '../choose-electron.ts';
import type { LaunchedApp } from '../e2e/launch-app.ts';
import { askApi } from '../fakes/call-api.ts';
import { startApi } from '../fakes/start-api.ts';
import { ensureSystemPackages } from '../system-packages.ts';
import { startEmbeddedMailbox, type EmbeddedMailbox } from './embedded-mailbox.ts';
import { sampleArticles } from './sample-articles.ts';
import { sampleLetters } from './sample-letters.ts';

/*
 * `npm run demo`: the desk as an agent sees it, on a mailbox in memory, an embedded ticket API and sample letters.
 * `-- --screenshot FILE` writes a picture of it instead of opening a window. Everything lives in a temporary folder.
 */

const agent = { login: 'anna', name: 'Анна Лис', password: 'demo-password' } as const;
const address = 'info@support.example';

assertNode();
if (chooseElectron().kind === 'host') ensureSystemPackages(['chromium', 'fonts']);
const screenshot = readScreenshotOption(process.argv.slice(2));
if (
  screenshot === null &&
  process.platform === 'linux' &&
  !process.env['DISPLAY'] &&
  !process.env['WAYLAND_DISPLAY']
) {
  console.error('There is no display here. A picture instead:  npm run demo -- --screenshot desk.png');
  process.exit(1);
}
if (appIsStale()) await buildApp();

const userData = mkdtempSync(join(tmpdir(), 'stp-demo-'));
// Playwright ends the process by itself when it is interrupted; Chromium may still be writing for a moment.
process.on('exit', () => rmSync(userData, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 }));
const mailbox = await startEmbeddedMailbox(address, 'demo-mailbox');
const api = await startApi({ database: 'pglite' });
let closed: Promise<void> | null = null;
let desk: LaunchedApp | null = null;
process.on('SIGINT', () => void finish().then(() => process.exit(0)));
try {
  await prepare(mailbox);
  await show();
} finally {
  await finish();
}
process.exit(0);

/** Ends everything, once. */
function finish(): Promise<void> {
  closed ??= (async () => {
    await desk?.kill();
    await api.close();
    await mailbox.close();
  })();
  return closed;
}

/** What an administrator does on the first day: the mailbox record, articles, an agent. Then letters arrive. */
async function prepare(given: EmbeddedMailbox): Promise<void> {
  const admin = { login: api.adminLogin, password: api.adminPassword };
  const { accessToken: token } = await askApi(api.url, 'logIn', null, { body: admin });
  const server = (port: number): MailServer => ({
    host: '127.0.0.1',
    port,
    security: 'none',
    allowPlainText: false,
    user: given.user,
    password: given.password,
  });
  const now = Date.now();
  await askApi(api.url, 'putMailbox', token, {
    body: {
      revision: 0,
      address,
      displayName: 'Служба технической поддержки',
      ownAddresses: [],
      imap: server(given.imapPort),
      smtp: server(given.smtpPort),
      certificateAuthority: null,
      sentFolder: null,
      ticketsFrom: now - 30 * 24 * 3_600_000,
    },
  });
  for (const article of sampleArticles) {
    await askApi(api.url, 'putArticle', token, { params: { id: uuidv7() as ArticleId }, body: article });
  }
  await askApi(api.url, 'createAgent', token, { body: { ...agent, role: 'senior' } });
  for (const { source, receivedAt } of await sampleLetters(address, now)) given.deliver(source, receivedAt);
}

async function show(): Promise<void> {
  // Only here, so that the messages above come at once.
  const { launchApp } = await import('../e2e/launch-app.ts');
  const { firstLogIn } = await import('../e2e/agent.ts');
  desk = await launchApp({ userDataDir: userData });
  const window = await desk.window();
  await firstLogIn(window, api.url, agent);
  const critical = window.getByText('САЙТ НЕ РАБОТАЕТ').first();
  await critical.waitFor({ timeout: 60_000 });
  if (screenshot === null) {
    console.log(
      `The desk is open. Logged in as ${agent.login}, password ${agent.password}. Close its window to end.`,
    );
    if (!window.isClosed()) await window.waitForEvent('close', { timeout: 0 });
  } else {
    await critical.click();
    await window.getByText('проверка районного отдела').first().waitFor({ timeout: 60_000 });
    await window.screenshot({ path: screenshot });
    console.log(`Written: ${screenshot}`);
  }
  await desk.close();
}

function readScreenshotOption(args: readonly string[]): string | null {
  if (args.length === 0) return null;
  const [option, file] = args;
  if (option === '--screenshot' && file !== undefined) return resolve(file);
  console.error('usage: npm run demo [-- --screenshot FILE]');
  process.exit(2);
}
