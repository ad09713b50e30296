import { v7 as uuidv7 } from 'uuid';
import { realTicker } from '#server/jobs/ticker.ts';
import type { ArticleId, TemplateId } from '#shared/ids.ts';
import type { MailServer } from '#shared/protocol/mailbox-record.ts';
import { startApi } from '../fakes/start-api.ts';
import { ApiAgent } from './api-agent.ts';
import { articles } from './articles.ts';
import { deliverHistory } from './deliver-history.ts';
import { startEmbeddedMailbox, type EmbeddedMailbox } from './embedded-mailbox.ts';
import { makeInstitutions } from './institutions.ts';
import { startLife } from './live.ts';
import { Office } from './office.ts';
import { planHistory } from './plan-history.ts';
import { Random } from './random.ts';
import { groups, team, type TeamLogin } from './team.ts';
import { templates } from './templates.ts';

/** A service that has worked for six weeks, in memory. */
export interface Demo {
  /** What is typed at log-in. */
  readonly apiUrl: string;
  /** Whom one logs in as: an administrator. */
  readonly account: { readonly login: string; readonly name: string; readonly password: string };
  readonly mailbox: EmbeddedMailbox;
  readonly agents: Readonly<Record<TeamLogin, ApiAgent>>;
  /** Lets clients and colleagues go on working, until the demo ends. */
  live(): void;
  close(): Promise<void>;
}

interface DemoOptions {
  /** The same service for the same number, but for the moments, which follow the clock. */
  readonly seed?: number;
}

const address = 'info@support.example';
const historyMs = 60 * 24 * 3_600_000;
const undoSendSeconds = 10;

/** Starts mailbox and API and fills them: what an administrator does on the first day, and six weeks of work. */
export async function startDemo({ seed = 1 }: DemoOptions = {}): Promise<Demo> {
  const random = new Random(seed);
  const now = Date.now();
  const office = new Office(now, random);
  const institutions = makeInstitutions(random);
  const plans = planHistory(office, institutions, random);
  const [mailbox, api] = await Promise.all([
    startEmbeddedMailbox(address, 'demo-mailbox'),
    // With what the API does by itself: tickets of silent clients close, and those put off come back.
    startApi({ database: 'pglite', ticker: realTicker }),
  ]);
  const stops: (() => void)[] = [];
  const close = async (): Promise<void> => {
    for (const stop of stops) stop();
    await Promise.all([api.close(), mailbox.close()]);
  };
  try {
    const admin = await ApiAgent.logIn(api.url, api.adminLogin, api.adminPassword);
    await setUp(admin, mailbox, now);
    const agents = await logInAll(api.url);
    const { time } = office;
    await deliverHistory(plans, { mailbox, address, agents, time, now }, random);
    const { login, name, password } = team[0];
    return {
      apiUrl: api.url,
      account: { login, name, password },
      mailbox,
      agents,
      live: () => void stops.push(startLife({ mailbox, address, agents, time }, institutions, random)),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** What an administrator does on the first day. */
async function setUp(admin: ApiAgent, mailbox: EmbeddedMailbox, now: number): Promise<void> {
  const server = (port: number): MailServer => ({
    host: '127.0.0.1',
    port,
    security: 'none',
    allowPlainText: false,
    user: mailbox.user,
    password: mailbox.password,
  });
  await admin.ask('putMailbox', {
    body: {
      revision: 0,
      address,
      displayName: 'Служба технической поддержки',
      ownAddresses: [],
      imap: server(mailbox.imapPort),
      smtp: server(mailbox.smtpPort),
      certificateAuthority: null,
      sentFolder: null,
      ticketsFrom: now - historyMs,
    },
  });
  await admin.ask('putSettings', {
    body: { revision: 0, groups: [...groups], undoSendSeconds, updateFeedUrl: '' },
  });
  await admin.ask('importArticles', {
    body: { articles: articles.map((article) => ({ ...article, id: uuidv7() as ArticleId })) },
  });
  for (const template of templates) {
    await admin.ask('putTemplate', { params: { id: uuidv7() as TemplateId }, body: template });
  }
  for (const agent of team) await admin.ask('createAgent', { body: agent });
}

async function logInAll(apiUrl: string): Promise<Record<TeamLogin, ApiAgent>> {
  const logIn = async (login: TeamLogin): Promise<ApiAgent> =>
    await ApiAgent.logIn(apiUrl, login, team.find((agent) => agent.login === login)?.password ?? '');
  return {
    anna: await logIn('anna'),
    pyotr: await logIn('pyotr'),
    olga: await logIn('olga'),
    denis: await logIn('denis'),
    yana: await logIn('yana'),
    igor: await logIn('igor'),
  };
}
