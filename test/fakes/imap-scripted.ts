import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';

export interface ScriptedLetter {
  readonly uid: number;
  readonly source: string;
}

export interface ScriptedOptions {
  readonly letters: ScriptedLetter[];
  /** True leaves the letter out of that FETCH, which ends with OK all the same. */
  readonly omits?: (uid: number, command: string) => boolean;
  /** True ends the connection in the middle of that letter. */
  readonly breaksOn?: (uid: number, command: string) => boolean;
  /** Announces a literal of that length instead of the letter's own, and sends nothing of it. */
  readonly claims?: (uid: number, command: string) => number | null;
  /** True answers NIL instead of the letter, as some servers do with what they cannot read. */
  readonly isNil?: (uid: number, command: string) => boolean;
  /** RFC822.SIZE of a letter, where it is not what is sent. */
  readonly sizeOf?: (source: string) => number;
  /** Answers a command by itself; null lets the script go on. */
  readonly answers?: (command: string) => string | null;
  readonly greeting?: string;
}

/** An IMAP server whose faults the test decides; one folder, INBOX, one user. */
export class ScriptedImap implements AsyncDisposable {
  readonly commands: string[] = [];
  readonly letters: ScriptedLetter[];
  readonly host = '127.0.0.1';
  readonly user = 'user';
  readonly password = 'password';
  port = 0;
  readonly #options: ScriptedOptions;
  readonly #server = createServer((socket) => {
    this.#serve(socket);
  });
  readonly #sockets = new Set<Socket>();

  private constructor(options: ScriptedOptions) {
    this.#options = options;
    this.letters = options.letters;
  }

  static async start(options: ScriptedOptions): Promise<ScriptedImap> {
    const made = new ScriptedImap(options);
    made.#server.listen(0, made.host);
    await once(made.#server, 'listening');
    const address = made.#server.address();
    if (address !== null && typeof address === 'object') made.port = address.port;
    return made;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #serve(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.#sockets.delete(socket));
    socket.write(this.#options.greeting ?? '* OK scripted\r\n');
    let text = '';
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString('latin1');
      for (let end = text.indexOf('\r\n'); end !== -1; end = text.indexOf('\r\n')) {
        const line = text.slice(0, end);
        text = text.slice(end + 2);
        const space = line.indexOf(' ');
        this.#answer(socket, line.slice(0, space), line.slice(space + 1));
      }
    });
  }

  #answer(socket: Socket, tag: string, command: string): void {
    this.commands.push(command);
    const own = this.#options.answers?.(command) ?? null;
    if (own !== null) {
      socket.write(own.replaceAll('TAG', tag));
      return;
    }
    const name = /^(?:UID )?\w+/u.exec(command)?.[0] ?? '';
    if (name === 'UID FETCH') {
      if (!this.#fetch(socket, command)) return;
    } else if (name === 'UID SEARCH') {
      socket.write(`* SEARCH ${this.#search(command).join(' ')}\r\n`);
    } else if (name === 'CAPABILITY') {
      socket.write('* CAPABILITY IMAP4rev1\r\n');
    } else if (name === 'LIST' || name === 'LSUB') {
      socket.write(`* ${name} () "/" INBOX\r\n`);
    } else if (name === 'EXAMINE' || name === 'SELECT') {
      const uidNext = Math.max(0, ...this.letters.map(({ uid }) => uid)) + 1;
      socket.write(
        `* ${this.letters.length} EXISTS\r\n* OK [UIDVALIDITY 7] ok\r\n* OK [UIDNEXT ${uidNext}] ok\r\n* FLAGS ()\r\n`,
      );
    }
    socket.write(`${tag} OK done\r\n`);
    if (name === 'LOGOUT') socket.end();
  }

  #search(command: string): number[] {
    const larger = Number(/LARGER (\d+)/u.exec(command)?.[1] ?? -1);
    const set = / UID ([\d:*,]+)/u.exec(command)?.[1];
    return this.letters
      .filter(({ uid, source }) => (set === undefined || inSet(set, uid)) && source.length > larger)
      .map(({ uid }) => uid);
  }

  /** False when the connection is ended instead of the answer. */
  #fetch(socket: Socket, command: string): boolean {
    const set = /^UID FETCH (\S+)/u.exec(command)?.[1] ?? '';
    for (const [index, { uid, source }] of this.letters.entries()) {
      if (!inSet(set, uid) || this.#options.omits?.(uid, command) === true) continue;
      const items = [`UID ${uid}`];
      if (command.includes('RFC822.SIZE'))
        items.push(`RFC822.SIZE ${this.#options.sizeOf?.(source) ?? source.length}`);
      if (command.includes('INTERNALDATE')) items.push('INTERNALDATE "16-Nov-2026 10:00:00 +0300"');
      const section = command.includes('BODY.PEEK[HEADER]')
        ? 'HEADER'
        : command.includes('BODY.PEEK[]')
          ? ''
          : null;
      if (section === null) {
        socket.write(`* ${index + 1} FETCH (${items.join(' ')})\r\n`);
        continue;
      }
      if (this.#options.isNil?.(uid, command) === true) {
        socket.write(`* ${index + 1} FETCH (${items.join(' ')} BODY[${section}] NIL)\r\n`);
        continue;
      }
      const bytes = section === '' ? source : source.slice(0, source.indexOf('\r\n\r\n') + 4);
      const claimed = this.#options.claims?.(uid, command) ?? null;
      socket.write(
        `* ${index + 1} FETCH (${items.join(' ')} BODY[${section}] {${claimed ?? bytes.length}}\r\n`,
      );
      if (this.#options.breaksOn?.(uid, command) === true) {
        socket.end(bytes.slice(0, 5));
        return false;
      }
      if (claimed !== null) return false;
      socket.write(`${bytes})\r\n`);
    }
    return true;
  }
}

function inSet(set: string, uid: number): boolean {
  return set.split(',').some((item) => {
    const [first = '', last = first] = item.split(':');
    return uid >= Number(first) && (last === '*' || uid <= Number(last));
  });
}
