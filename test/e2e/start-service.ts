import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 as newUuid } from 'uuid';
import type { Clock } from '#shared/clock.ts';
import type { ArticleId } from '#shared/ids.ts';
import type { MailboxRecord, PutMailboxRecord } from '#shared/protocol/mailbox-record.ts';
import { defaultServiceSettings, type ServiceSettings } from '#shared/protocol/service-settings.ts';
import { askApi } from '#test/fakes/call-api.ts';
import { startSmtpDrop, type SmtpDrop } from '#test/fakes/smtp-drop.ts';
import { startApi, type RunningApi } from '#test/fakes/start-api.ts';
import { startDovecot, type Dovecot } from '#test/fakes/start-dovecot.ts';
import { startGate, type Gate } from '#test/fakes/start-gate.ts';
import type { LaunchedApp } from './launch-app.ts';

/** Who may log in at a desk. */
export interface Account {
  readonly login: string;
  readonly name: string;
  readonly password: string;
}

/** A support service as its administrator set it up: mailbox, SMTP server, ticket API, agents, articles. */
export interface Service {
  /** What agents type at log-in; leads through `apiGate`. */
  readonly apiUrl: string;
  readonly api: RunningApi;
  /** Lines of the API's log so far, at its most talkative level. */
  readonly apiLog: readonly string[];
  readonly dovecot: Dovecot;
  readonly smtp: SmtpDrop;
  readonly apiGate: Gate;
  readonly imapGate: Gate;
  readonly smtpGate: Gate;
  /** The address that clients write to. */
  readonly address: string;
  readonly admin: Account;
  readonly agents: readonly [Account, Account];
  readonly article: { readonly title: string; readonly url: string };
  /** Changes the mailbox record as an administrator does; desks follow. */
  changeMailbox(change: (record: MailboxRecord) => Partial<PutMailboxRecord>): Promise<void>;
  /** Changes the settings as an administrator does; desks follow. */
  changeSettings(change: Partial<Omit<ServiceSettings, 'revision'>>): Promise<void>;
  /** Desks that were started to work here; those that still run are ended with the service. */
  readonly desks: LaunchedApp[];
  /** A folder for one desk's data, removed with the service. */
  newUserData(): Promise<string>;
  stop(): Promise<void>;
}

const agents = [
  { login: 'ivanova', name: 'Анна Иванова', password: 'пароль Ивановой' },
  { login: 'petrov', name: 'Пётр Петров', password: 'пароль Петрова' },
] as const;

const article = {
  title: 'Дисковая квота: сколько места занимает сайт',
  url: 'https://help.example.by/kvota',
};

/**
 * Starts Dovecot, an SMTP server and the API on PostgreSQL, and sets them up over HTTP. Letters leave at once where
 * nothing else is said. `clock` is the API's, which desks follow.
 */
export async function startService(
  settings: Partial<Omit<ServiceSettings, 'revision'>> = {},
  clock: Clock = { now: () => Date.now() },
): Promise<Service> {
  const folder = await mkdtemp(join(tmpdir(), 'stp-service-'));
  const apiLog: string[] = [];
  const [dovecot, smtp, api] = await Promise.all([
    startDovecot(),
    startSmtpDrop(['accept']),
    startApi({ database: 'postgres', clock, logTo: { write: (line) => void apiLog.push(line) } }),
  ]);
  const [apiGate, imapGate, smtpGate] = await Promise.all(
    [Number(new URL(api.url).port), dovecot.tlsPort, smtp.port].map(startGate),
  );
  if (apiGate === undefined || imapGate === undefined || smtpGate === undefined) throw new Error('no gates');

  const admin = { login: api.adminLogin, name: '', password: api.adminPassword };
  const { accessToken } = await askApi(api.url, 'logIn', null, {
    body: { login: admin.login, password: admin.password },
  });
  const putMailbox = async (body: PutMailboxRecord): Promise<void> => {
    await askApi(api.url, 'putMailbox', accessToken, { body });
  };
  await putMailbox({
    revision: 0,
    address: dovecot.user,
    displayName: 'Служба поддержки',
    ownAddresses: [],
    imap: {
      host: '127.0.0.1',
      port: imapGate.port,
      security: 'tls',
      allowPlainText: false,
      user: dovecot.user,
      password: dovecot.password,
    },
    smtp: {
      host: '127.0.0.1',
      port: smtpGate.port,
      security: 'none',
      allowPlainText: false,
      user: 'desk',
      password: 'secret',
    },
    certificateAuthority: dovecot.caPem,
    sentFolder: null,
    ticketsFrom: clock.now() - 14 * 24 * 3_600_000,
  });
  let inForce = await askApi(api.url, 'putSettings', accessToken, {
    body: { ...defaultServiceSettings, undoSendSeconds: 0, ...settings },
  });
  for (const { login, name, password } of agents) {
    await askApi(api.url, 'createAgent', accessToken, { body: { login, name, password, role: 'agent' } });
  }
  await askApi(api.url, 'putArticle', accessToken, {
    params: { id: newUuid() as ArticleId },
    body: { ...article, keywords: ['квота', 'место'] },
  });

  const desks: LaunchedApp[] = [];
  return {
    apiUrl: `http://127.0.0.1:${apiGate.port}`,
    api,
    apiLog,
    dovecot,
    smtp,
    apiGate,
    imapGate,
    smtpGate,
    address: dovecot.user,
    admin,
    agents,
    article,
    changeMailbox: async (change) => {
      const { mailbox } = await askApi(api.url, 'getMailbox', accessToken, {});
      if (mailbox === null) throw new Error('no mailbox record');
      await putMailbox({ ...mailbox, ...change(mailbox) });
    },
    changeSettings: async (change) => {
      inForce = await askApi(api.url, 'putSettings', accessToken, { body: { ...inForce, ...change } });
    },
    desks,
    newUserData: async () => await mkdtemp(join(folder, 'desk-')),
    stop: async () => {
      for (const desk of desks) await desk.kill();
      await Promise.all([apiGate.shut(), imapGate.shut(), smtpGate.shut()]);
      await Promise.all([api.close(), dovecot.stop(), smtp.close()]);
      await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    },
  };
}
