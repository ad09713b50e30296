import { mkdir, readFile } from 'node:fs/promises';
import { pino } from 'pino';
import { createApi } from './api.ts';
import { readConfiguration, type Configuration } from './configuration.ts';
import { openDatabase } from './database/open-database.ts';
import { startNewEpoch } from './feed/start-new-epoch.ts';
import { describeError } from './http/error-replies.ts';
import { SecretBox } from './secrets/secret-box.ts';
import { loadSecretKey } from './secrets/secret-key.ts';

/*
 * `npm run api`: one process of the ticket API. Several may run on one PostgreSQL. `-- --restored` after a backup was
 * restored begins a new epoch of the feed, so that desks read it anew and offer again what the backup does not know.
 */

const configuration = read();
const logger = pino({ level: configuration.logLevel });

try {
  await start(configuration);
} catch (error) {
  // For the administrator at the console; the log gets no messages.
  console.error(error instanceof Error ? error.message : 'The ticket API could not start.');
  process.exitCode = 1;
}

function read(): Configuration {
  try {
    return readConfiguration(process.env);
  } catch (error) {
    console.error(error instanceof Error ? error.message : 'The configuration cannot be read.');
    process.exit(2);
  }
}

async function start(from: Configuration): Promise<void> {
  const { dataFolder, databaseUrl, host, port, tls, secretKeyHex, metricsToken, trustProxy } = from;
  await mkdir(dataFolder, { recursive: true, mode: 0o700 });
  const key = await loadSecretKey(secretKeyHex, dataFolder);
  if (databaseUrl === null) console.log(`Embedded database in ${dataFolder}; its first start takes a while.`);
  const database = await openDatabase({ databaseUrl, dataFolder }, (error) => {
    logger.warn({ error: describeError(error) }, 'database connection lost');
  });
  try {
    if (process.argv.includes('--restored')) await startNewEpoch(database);
    const { app, firstAdmin } = await createApi({
      database,
      clock: { now: () => Date.now() },
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
      console.log('This is shown once. Change the password after the first log-in.');
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
