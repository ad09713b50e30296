import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chown, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ImapFlow } from 'imapflow';
import { makeCertificates } from './make-certificates.ts';

const run = promisify(execFile);

export interface DovecotOptions {
  /** How letters lie on disk. */
  readonly format?: 'maildir' | 'sdbox';
  /** Name of the folder with RFC 6154 \Sent; null for an account without one. */
  readonly sentFolder?: string | null;
  /** Folders without any special use, made at once. */
  readonly plainFolders?: readonly string[];
  /** False hides IDLE, so that clients have to poll. */
  readonly idle?: boolean;
  /** Ports of an instance that was stopped, to stand in its place. */
  readonly ports?: { readonly port: number; readonly tlsPort: number };
}

export interface Dovecot {
  readonly host: '127.0.0.1';
  /** Plain text and STARTTLS; also at 127.0.0.2, for which the certificate is not made. */
  readonly port: number;
  readonly tlsPort: number;
  readonly user: string;
  readonly password: string;
  /** The authority that signed the server's certificate, for `localhost` and 127.0.0.1. */
  readonly caPem: string;
  /** The account's Maildir (format `maildir`). */
  readonly mailFolder: string;
  /** The system user who must own files that are put into `mailFolder`. */
  readonly owner: { readonly uid: number; readonly gid: number };
  /** Puts a letter into the mailbox as a delivery agent would; answers its UID. */
  readonly deliver: (
    letter: Uint8Array | string,
    options?: { readonly folder?: string; readonly internalDate?: Date },
  ) => Promise<number>;
  /** A client of its own for what a person with another mail program does. */
  readonly client: () => Promise<ImapFlow>;
  /** Ends every process of the instance but keeps the mailbox; `start` brings it back on the same ports. */
  readonly pause: () => Promise<void>;
  readonly resume: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

/**
 * Starts Debian's Dovecot 2.3 as a private instance on free loopback ports, with its own configuration, accounts and
 * certificate in a temporary folder. Works as root and as an ordinary user.
 */
export async function startDovecot(options: DovecotOptions = {}): Promise<Dovecot> {
  const folder = await mkdtemp(join(tmpdir(), 'stp-dovecot-'));
  const owner = await mailOwner();
  const mailFolder = join(folder, 'mail');
  await mkdir(mailFolder, { mode: 0o700 });
  await chown(mailFolder, owner.uid, owner.gid);
  await run('chmod', ['755', folder]);
  const certificates = await makeCertificates(folder);
  const user = 'support@example.test';
  const password = 'correct horse';
  await writeFile(join(folder, 'passwd'), `${user}:{PLAIN}${password}\n`, { mode: 0o644 });
  const ports = options.ports ?? { port: await freePort(), tlsPort: await freePort() };
  const configuration = join(folder, 'dovecot.conf');
  await writeFile(configuration, configurationOf(folder, owner, ports, options));

  let server = await launch(configuration, folder, ports.port);
  let delivery: ImapFlow | null = null;
  const client = async (): Promise<ImapFlow> => {
    const made = new ImapFlow({
      host: '127.0.0.1',
      port: ports.port,
      secure: false,
      doSTARTTLS: false,
      auth: { user, pass: password },
      logger: false,
      disableAutoIdle: true,
    });
    made.on('error', () => undefined);
    await made.connect();
    return made;
  };
  const pause = async (): Promise<void> => {
    delivery?.close();
    delivery = null;
    await server.end();
  };
  return {
    host: '127.0.0.1',
    ...ports,
    user,
    password,
    caPem: await readFile(certificates.ca, 'utf8'),
    mailFolder,
    owner,
    client,
    deliver: async (letter, { folder: target = 'INBOX', internalDate } = {}) => {
      if (delivery === null || !delivery.usable) delivery = await client();
      const bytes = Buffer.from(letter);
      const answer = await delivery.append(target, bytes, [], internalDate);
      if (answer === false || answer.uid === undefined) throw new Error('Dovecot did not take the letter.');
      return answer.uid;
    },
    pause,
    resume: async () => {
      server = await launch(configuration, folder, ports.port);
    },
    stop: async () => {
      await pause();
      await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
    },
  };
}

/** Dovecot refuses to touch mail as root, so root hands the mailbox to an account that has nothing else. */
async function mailOwner(): Promise<{ uid: number; gid: number; name: string; group: string }> {
  const isRoot = process.getuid?.() === 0;
  const name = isRoot ? 'nobody' : (await run('id', ['-un'])).stdout.trim();
  const [uid, gid, group] = await Promise.all(
    ['-u', '-g', '-gn'].map(async (flag) => (await run('id', [flag, name])).stdout.trim()),
  );
  return { uid: Number(uid), gid: Number(gid), name, group: group ?? '' };
}

function configurationOf(
  folder: string,
  owner: { uid: number; gid: number; name: string; group: string },
  ports: { port: number; tlsPort: number },
  options: DovecotOptions,
): string {
  const sent = options.sentFolder === undefined ? 'Sent' : options.sentFolder;
  const plain = options.plainFolders ?? [];
  const users =
    process.getuid?.() === 0
      ? ''
      : `default_internal_user = ${owner.name}
default_internal_group = ${owner.group}
default_login_user = ${owner.name}
`;
  return `${users}base_dir = ${folder}/run
state_dir = ${folder}/state
log_path = ${folder}/dovecot.log
protocols = imap
listen = 127.0.0.1, 127.0.0.2
ssl = yes
ssl_cert = <${folder}/server.pem
ssl_key = <${folder}/server.key
disable_plaintext_auth = no
auth_mechanisms = plain login
auth_failure_delay = 0
first_valid_uid = 1
mail_max_userip_connections = 100
mail_location = ${options.format ?? 'maildir'}:${folder}/mail
maildir_very_dirty_syncs = yes
mailbox_idle_check_interval = 1 secs
${options.idle === false ? 'imap_capability = IMAP4rev1 SASL-IR LOGIN-REFERRALS ID ENABLE LITERAL+ UIDPLUS LIST-EXTENDED CONDSTORE SPECIAL-USE ESEARCH NAMESPACE' : ''}
namespace inbox {
  inbox = yes
  separator = /
${sent === null ? '' : `  mailbox "${sent}" {\n    auto = subscribe\n    special_use = \\Sent\n  }\n`}${plain
    .map((name) => `  mailbox "${name}" {\n    auto = subscribe\n  }\n`)
    .join('')}}
passdb {
  driver = passwd-file
  args = username_format=%u ${folder}/passwd
}
userdb {
  driver = static
  args = uid=${owner.uid} gid=${owner.gid} home=${folder}/mail
}
service imap-login {
  chroot =
  inet_listener imap {
    port = ${ports.port}
  }
  inet_listener imaps {
    port = ${ports.tlsPort}
    ssl = yes
  }
}
service anvil {
  chroot =
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
`;
}

async function launch(
  configuration: string,
  folder: string,
  port: number,
): Promise<{ end: () => Promise<void> }> {
  const process_ = spawn('dovecot', ['-F', '-c', configuration], { stdio: ['ignore', 'ignore', 'pipe'] });
  let complaint = '';
  process_.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
  const ended = once(process_, 'exit');
  const failed = once(process_, 'error').then(([error]) => error as Error);
  const giveUpAt = Date.now() + 15_000;
  while (!(await answers(port))) {
    const early = await Promise.race([
      ended.then(() => 'exit' as const),
      failed,
      new Promise<null>((resolve) => setTimeout(resolve, 50, null)),
    ]);
    if (early instanceof Error) throw early;
    if (early === 'exit' || Date.now() > giveUpAt) {
      const log = await readFile(join(folder, 'dovecot.log'), 'utf8').catch(() => '');
      throw new Error(`Dovecot did not start.\n${complaint}\n${log}`);
    }
  }
  return {
    end: async () => {
      const children = await childrenOf(process_.pid ?? 0);
      process_.kill('SIGTERM');
      await ended;
      // Those that serve a client hear of the end some nine seconds later.
      for (const child of children) endNow(child);
    },
  };
}

async function childrenOf(pid: number): Promise<number[]> {
  const list = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '');
  return list.split(' ').filter(Boolean).map(Number);
}

function endNow(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

/** Whether an IMAP greeting comes from that port. */
async function answers(port: number): Promise<boolean> {
  return await new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.setTimeout(2_000, () => socket.destroy());
    socket.once('data', () => {
      resolve(true);
      socket.destroy();
    });
    socket.once('error', () => resolve(false));
    socket.once('close', () => resolve(false));
  });
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('No free port.');
  return address.port;
}
