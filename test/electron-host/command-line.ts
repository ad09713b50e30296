/** What Electron's executable reads from its own arguments. */
export interface CommandLine {
  /** The folder or file of the application: the first argument that is not a switch. */
  readonly appPath: string | undefined;
  /** Modules of `-r`, loaded before the application. */
  readonly required: readonly string[];
  readonly switches: Switches;
}

/** Chromium's switches: names without dashes; the lists of `enable-features` and `disable-features` add up. */
export class Switches {
  readonly #values = new Map<string, string>();

  set(name: string, value = ''): void {
    const known = this.#values.get(name);
    const adds = name === 'enable-features' || name === 'disable-features';
    this.#values.set(name, adds && known ? `${known},${value}` : value);
  }

  get(name: string): string | undefined {
    return this.#values.get(name);
  }

  delete(name: string): void {
    this.#values.delete(name);
  }

  toArguments(): string[] {
    return [...this.#values].map(([name, value]) => (value === '' ? `--${name}` : `--${name}=${value}`));
  }
}

/** Reads the arguments that follow the executable's name, as Electron does. */
export function parseCommandLine(args: readonly string[]): CommandLine {
  const required: string[] = [];
  const switches = new Switches();
  let appPath: string | undefined;
  for (let at = 0; at < args.length; at += 1) {
    const argument = args[at] ?? '';
    if (argument === '-r' || argument === '--require') {
      at += 1;
      required.push(args[at] ?? '');
    } else if (argument.startsWith('--')) {
      const [name = '', ...value] = argument.slice(2).split('=');
      switches.set(name, value.join('='));
    } else if (appPath === undefined && !argument.startsWith('-')) {
      appPath = argument;
    }
  }
  return { appPath, required, switches };
}
