import { spawnSync } from 'node:child_process';
import { existsSync, globSync } from 'node:fs';

/** A program that the tests or the demo start, and the Debian package that brings it. */
interface SystemPackage {
  readonly name: string;
  readonly isHere: () => boolean;
}

const packages = {
  chromium: { name: 'chromium', isHere: () => existsSync('/usr/bin/chromium') },
  fonts: {
    name: 'fonts-dejavu-core',
    isHere: () => globSync('/usr/share/fonts/**/DejaVuSans.ttf').length > 0,
  },
  dovecot: {
    name: 'dovecot-imapd',
    isHere: () => existsSync('/usr/sbin/dovecot') && existsSync('/usr/lib/dovecot/imap'),
  },
  postgresql: { name: 'postgresql', isHere: () => globSync('/usr/lib/postgresql/*/bin/initdb').length > 0 },
  openssl: { name: 'openssl', isHere: () => existsSync('/usr/bin/openssl') },
  isync: { name: 'isync', isHere: () => existsSync('/usr/bin/mbsync') },
} satisfies Record<string, SystemPackage>;

export type SystemProgram = keyof typeof packages;

/**
 * Makes sure that the named programs are on this machine: installs what is missing through apt-get as root or with
 * passwordless sudo, else ends the process with the list of what to install.
 */
export function ensureSystemPackages(programs: readonly SystemProgram[]): void {
  const missing = programs.map((program) => packages[program]).filter((wanted) => !wanted.isHere());
  if (missing.length === 0) return;
  const names = missing.map((wanted) => wanted.name);
  const install = aptGet();
  if (install !== null) {
    console.log(`Installing system packages: ${names.join(' ')}`);
    run(install, ['update', '-qq']);
    run(install, ['install', '-y', '-qq', '--no-install-recommends', ...names]);
  }
  const still = missing.filter((wanted) => !wanted.isHere()).map((wanted) => wanted.name);
  if (still.length === 0) return;
  console.error(
    `These system packages are needed and could not be installed from here:\n  ${still.join('\n  ')}\n` +
      `On Debian or Ubuntu:  sudo apt-get install ${still.join(' ')}`,
  );
  process.exit(1);
}

/** The command line that runs apt-get with enough rights; null where there is none. */
function aptGet(): readonly [string, ...string[]] | null {
  if (!existsSync('/usr/bin/apt-get')) return null;
  if (process.getuid?.() === 0) return ['apt-get'];
  const sudo = spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' });
  return sudo.status === 0 ? ['sudo', '-n', 'apt-get'] : null;
}

function run(command: readonly [string, ...string[]], args: readonly string[]): void {
  const [program, ...prefix] = command;
  spawnSync(program, [...prefix, ...args], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
}
