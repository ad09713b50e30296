import { mkdir, readFile } from 'node:fs/promises';
import { pino } from 'pino';
import {
  readApiCommand,
  runAgentCommand,
  type AgentCommand,
  type ApiCommand,
} from './access/agent-command.ts';
import { Agents } from './access/agents.ts';
import { readPassword } from './access/read-password.ts';
import { Sessions } from './access/sessions.ts';
import { createApi } from './api.ts';
import { readConfiguration, type Configuration } from './configuration.ts';
import { DataFolderInUse } from './database/data-folder-lock.ts';
import type { Database } from './database/database.ts';
import { openDatabase } from './database/open-database.ts';
import { startNewEpoch } from './feed/start-new-epoch.ts';
import { describeError } from './http/error-replies.ts';
import { realTicker } from './jobs/ticker.ts';
import { SecretBox } from './secrets/secret-box.ts';
import { loadSecretKey } from './secrets/secret-key.ts';

/*
 * One process of the ticket API: `npm run api` here, `node start.js` where the bundle was installed. Several may run on
 * one PostgreSQL. `--restored` after a backup was restored begins a new epoch of the feed, so that desks read it anew
 * and offer again what the backup does not know.
 * `--add-agent` and `--set-password` do that in the database and end; on PostgreSQL they work beside running APIs.
 */

// How whoever reads our words started us, and can start us again.
const [, script = ''] = process.argv;
const program = script.endsWith('.ts') ? 'npm run api --' : `node ${script}`;
const command = readCommand();
const configuration = read();
const clock = { now: () => Date.now() };
const logger = pino({ level: configuration.logLevel });

try {
  if (command.kind === 'serve') await start(configuration, command.isRestored);
  else await changeAgents(configuration, command);
} catch (error) {
  // For the administrator at the console; the log gets no messages.
  console.error(error instanceof Error ? error.message : 'The ticket API could not start.');
  process.exitCode = 1;
}

function readCommand(): ApiCommand {
  const read = readApiCommand(process.argv.slice(2), program);
  if (read.ok) return read.value;
  console.error(read.error);
  process.exit(2);
}

function read(): Configuration {
  try {
    return readConfiguration(process.env);
  } catch (error) {
    console.error(error instanceof Error ? error.message : 'The configuration cannot be read.');
    process.exit(2);
  }
}

async function changeAgents(from: Configuration, asked: AgentCommand): Promise<void> {
  const database = await openForChange(from);
  try {
    const password = await readPassword(process.stdin, process.stderr);
    const agents = new Agents(database, clock, new Sessions(database, clock));
    const done = await runAgentCommand(asked, agents, password);
    if (!done.ok) throw new Error(done.error);
    console.log(done.value);
  } finally {
    await database.close();
  }
}

async function openForChange({ databaseUrl, dataFolder }: Configuration): Promise<Database> {
  await mkdir(dataFolder, { recursive: true, mode: 0o700 });
  try {
    return await openDatabase({ databaseUrl, dataFolder }, () => {});
  } catch (error) {
    if (!(error instanceof DataFolderInUse)) throw error;
    throw new Error(
      `Stop the ticket API first and start it again afterwards: the embedded database in ${dataFolder} takes one process at a time.`,
      { cause: error },
    );
  }
}

async function start(from: Configuration, isRestored: boolean): Promise<void> {
  const { dataFolder, databaseUrl, host, port, tls, secretKeyHex, metricsToken, trustProxy } = from;
  await mkdir(dataFolder, { recursive: true, mode: 0o700 });
  const key = await loadSecretKey(secretKeyHex, dataFolder);
  if (databaseUrl === null) console.log(`Embedded database in ${dataFolder}; its first start takes a while.`);
  const database = await openDatabase({ databaseUrl, dataFolder }, (error) => {
    logger.warn({ error: describeError(error) }, 'database connection lost');
  });
  try {
    if (isRestored) await startNewEpoch(database);
    const { app, firstAdmin } = await createApi({
      database,
      clock,
      ticker: realTicker,
      box: new SecretBox(key),
      logger,
      metricsToken,
      trustProxy,
      tls:
        tls === null
          ? null
          : {
              certificate: await readFile(tls.certificateFile, 'utf8'),
              key: await readFile(tls.keyFile, 'utf8'),
            },
    });
    stopOnSignals(async () => {
      await app.close();
      await database.close();
    });
    // Fastify does not know what its server factory made.
    const url = (await app.listen({ host, port })).replace(/^https?:/u, tls === null ? 'http:' : 'https:');
    console.log(`Ticket API at ${url}`);
    if (firstAdmin !== null) {
      console.log(`First start. Log in as: ${firstAdmin.login}  password: ${firstAdmin.password}`);
      console.log(`This is shown once. Change it: ${program} --set-password admin`);
    }
  } catch (error) {
    await database.close();
    throw error;
  }
}

function stopOnSignals(stop: () => Promise<void>): void {
  let stopping = false;
  const onSignal = (): void => {
    // A second signal means that somebody is tired of waiting.
    if (stopping) process.exit(1);
    stopping = true;
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        logger.error({ error: describeError(error) }, 'stopping failed');
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
}
