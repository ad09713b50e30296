import type { Socket } from 'node:net';
import { UidSet } from '#shared/mail/uid-set.ts';
import type { Occasion, ServerFault } from './armed-faults.ts';
import { fetchAnswer, fetchRow, thinned, type FetchRow, type WireAnswer } from './fetch-answer.ts';
import type { ImapServer } from './imap-server.ts';
import type { StoredFolder, StoredLetter } from './mail-store.ts';
import { isInSet, matches } from './search-key.ts';

/**
 * One client's connection.
 *
 * It sees a folder as of its last word about it, as RFC 3501 §5.2 wants of servers: what came since is told, and found
 * by SEARCH, only after the end of a command, NOOP, or while in IDLE.
 */
export class ImapConversation {
  readonly #server: ImapServer;
  readonly #socket: Socket;
  #input = Buffer.alloc(0);
  #folder: StoredFolder | null = null;
  /** UIDs in the order of their sequence numbers, as this client was told. */
  #view: number[] = [];
  #idleTag: string | null = null;
  #stalled = false;
  /** An APPEND whose literal is still coming. */
  #append: { readonly tag: string; readonly path: string; readonly bytes: number } | null = null;

  constructor(server: ImapServer, socket: Socket) {
    this.#server = server;
    this.#socket = socket;
    socket.on('data', (chunk: Buffer) => {
      if (this.#stalled) return;
      this.#input = Buffer.concat([this.#input, chunk]);
      this.#read();
    });
  }

  greet(): void {
    const fault = this.#server.faults.take('greeting');
    if (fault?.kind === 'limit') this.end(fault.words);
    else this.#send('* OK ready\r\n');
  }

  /** Says BYE or resets the connection. */
  end(bye: string | null): void {
    if (bye === null) {
      this.#socket.resetAndDestroy();
    } else {
      if (!this.#stalled) this.#socket.write(`* BYE ${bye}\r\n`);
      this.#socket.end();
    }
    this.#stalled = true;
  }

  onStoreChanged(folder: StoredFolder, event: 'delivered' | 'expunged' | 'renumbered'): void {
    if (folder !== this.#folder) return;
    // UIDs of another UIDVALIDITY must not be taken for those of this one: the session cannot go on.
    if (event === 'renumbered') this.end('the mailbox was rebuilt');
    else if (this.#idleTag !== null && !this.#server.isSilent) this.#tell();
  }

  #send(text: string): void {
    if (!this.#stalled) this.#socket.write(text, 'latin1');
  }

  #read(): void {
    for (;;) {
      if (this.#append !== null) {
        const { bytes } = this.#append;
        if (this.#input.length < bytes + 2) return;
        const letter = this.#input.subarray(0, bytes);
        this.#input = this.#input.subarray(bytes + 2);
        this.#appendLetter(letter);
      }
      const end = this.#input.indexOf('\r\n');
      if (end === -1 || this.#stalled) return;
      const line = this.#input.subarray(0, end).toString('latin1');
      this.#input = this.#input.subarray(end + 2);
      this.#take(line);
    }
  }

  #take(line: string): void {
    this.#server.commands += 1;
    if (this.#idleTag !== null) {
      const tag = this.#idleTag;
      this.#idleTag = null;
      this.#finish(tag);
      return;
    }
    const space = line.indexOf(' ');
    const tag = line.slice(0, space);
    const command = line.slice(space + 1);
    const name = (/^(?:UID )?\w+/iu.exec(command)?.[0] ?? '').toUpperCase();
    switch (name) {
      case 'CAPABILITY':
        this.#send(`* CAPABILITY ${this.#capabilities()}\r\n`);
        this.#finish(tag);
        return;
      case 'LOGIN':
      case 'AUTHENTICATE':
        this.#logIn(tag);
        return;
      case 'ENABLE':
        this.#send(`* ENABLED ${/CONDSTORE/iu.test(command) ? 'CONDSTORE' : ''}\r\n`);
        this.#finish(tag);
        return;
      case 'NAMESPACE':
        this.#send('* NAMESPACE (("" "/")) NIL NIL\r\n');
        this.#finish(tag);
        return;
      case 'LIST':
      case 'LSUB':
        this.#list(tag, name, command);
        return;
      case 'SELECT':
      case 'EXAMINE':
        this.#openFolder(tag, command);
        return;
      case 'UID SEARCH':
        this.#search(tag, command);
        return;
      case 'UID FETCH':
        this.#fetch(tag, command);
        return;
      case 'APPEND':
        this.#beginAppend(tag, command);
        return;
      case 'IDLE':
        this.#idle(tag);
        return;
      case 'LOGOUT':
        this.end('goodbye');
        return;
      default:
        if (!this.#commonFault('other', tag)) this.#finish(tag);
    }
  }

  #capabilities(): string {
    const { traits } = this.#server;
    return [
      'IMAP4rev1',
      ...(traits.esearch ? ['ESEARCH'] : []),
      ...(traits.condstore ? ['CONDSTORE', 'ENABLE'] : []),
      ...(traits.idle ? ['IDLE'] : []),
      ...(traits.specialUse ? ['SPECIAL-USE'] : []),
      'NAMESPACE',
      'ID',
    ].join(' ');
  }

  #logIn(tag: string): void {
    const fault = this.#server.faults.take('log-in');
    if (fault?.kind === 'log-in-refused') this.#send(`${tag} NO ${fault.words}\r\n`);
    else this.#finish(tag);
  }

  /** Does those faults that are the same for every command; false when the command is to go on. */
  #commonFault(occasion: Occasion, tag: string): boolean {
    const fault = this.#server.faults.take(occasion);
    return fault !== null && this.#common(fault, tag);
  }

  #common(fault: ServerFault, tag: string): boolean {
    if (fault.kind === 'bye') {
      this.end(fault.words);
      return true;
    }
    if (fault.kind === 'refuse') {
      this.#send(`${tag} ${fault.answer} [UNAVAILABLE] not now\r\n`);
      return true;
    }
    if (fault.kind === 'exists-lies') this.#send(`* ${fault.exists} EXISTS\r\n`);
    if (fault.kind === 'garbage') this.#send(`${fault.lines.join('\r\n')}\r\n`);
    return false;
  }

  #list(tag: string, name: string, command: string): void {
    const pattern = /"?([^" ]*)"?(?: RETURN.*)?$/iu.exec(command)?.[1] ?? '*';
    for (const folder of this.#server.store.folders) {
      const isAsked = pattern === '*' || folder.path.toUpperCase() === pattern.toUpperCase();
      if (!folder.exists || !isAsked || pattern === '') continue;
      const use = folder.role === 'sent' && this.#server.traits.specialUse ? '\\Sent' : '';
      this.#send(`* ${name} (${use}) "/" "${folder.path}"\r\n`);
    }
    this.#finish(tag);
  }

  #openFolder(tag: string, command: string): void {
    this.#folder = null;
    const fault = this.#server.faults.take('open');
    if (fault !== null && this.#common(fault, tag)) return;
    const path = /^\w+ "?([^"]+?)"?(?: \(.*\))?$/u.exec(command)?.[1] ?? '';
    const folder = this.#server.store.at(path);
    if (folder === undefined) {
      this.#send(`${tag} NO [NONEXISTENT] no such mailbox\r\n`);
      return;
    }
    const { traits } = this.#server;
    this.#folder = folder;
    this.#view = fault?.kind === 'looks-empty' ? [] : folder.letters.map(({ uid }) => uid);
    this.#send(
      [
        '* FLAGS (\\Seen \\Answered)',
        `* ${this.#view.length} EXISTS`,
        '* 0 RECENT',
        `* OK [UIDVALIDITY ${folder.uidValidity}] ok`,
        ...(traits.tellsUidNext ? [`* OK [UIDNEXT ${folder.uidNext}] ok`] : []),
        ...(traits.condstore ? [`* OK [HIGHESTMODSEQ ${folder.highestModseq}] ok`] : []),
        `${tag} OK [READ-ONLY] done\r\n`,
      ].join('\r\n'),
    );
  }

  #search(tag: string, command: string): void {
    const folder = this.#folder;
    if (folder === null) {
      this.#send(`${tag} BAD no mailbox\r\n`);
      return;
    }
    const fault = this.#server.faults.take('search');
    if (fault !== null && this.#common(fault, tag)) return;
    if (fault?.kind === 'unsolicited-fetch' && this.#view.length > 0) {
      this.#send(`* 1 FETCH (FLAGS (\\Seen)${fault.withUid ? ` UID ${this.#view[0]}` : ''})\r\n`);
    }
    let found = this.#letters().filter((letter) => matches(letter, command, folder));
    if (fault?.kind === 'search-missing') {
      found = thinned(found, Math.floor(fault.share * found.length), fault.keep);
    }
    const uids = found.map(({ uid }) => uid);
    if (!/RETURN \(/iu.test(command)) {
      this.#send(`* SEARCH${uids.map((uid) => ` ${uid}`).join('')}\r\n`);
    } else {
      const all = uids.length > 0 && /\bALL\b.*\)/iu.test(command) ? ` ALL ${UidSet.of(uids).format()}` : '';
      const count = /RETURN \([^)]*COUNT/iu.test(command) ? ` COUNT ${uids.length}` : '';
      this.#send(`* ESEARCH (TAG "${tag}") UID${count}${all}\r\n`);
    }
    this.#finish(tag);
  }

  #fetch(tag: string, command: string): void {
    const folder = this.#folder;
    if (folder === null) {
      this.#send(`${tag} BAD no mailbox\r\n`);
      return;
    }
    const set = /^UID FETCH (\S+)/iu.exec(command)?.[1] ?? '';
    const wanted = this.#letters().filter(({ uid }) => isInSet(set, uid, this.#view.at(-1) ?? 0));
    const isAboutBytes = command.includes('BODY.PEEK[');
    const rows: FetchRow[] = [];
    let end: WireAnswer['afterwards'] | 'refuse' = 'go-on';
    for (const letter of wanted) {
      const row = fetchRow(letter, this.#view.indexOf(letter.uid) + 1, command);
      if (!isAboutBytes || letter.poison === null) {
        rows.push(row);
      } else if (letter.poison !== 'omitted') {
        if (letter.poison === 'breaks') rows.push(row);
        end = letter.poison === 'breaks' ? 'end' : 'refuse';
        break;
      }
    }
    const occasions: Occasion[] = [isAboutBytes ? 'fetch-letters' : 'fetch'];
    if (wanted.length === 1 && command.includes('BODY.PEEK[]')) occasions.push('fetch-one');
    const fault = end === 'go-on' ? this.#server.faults.take(...occasions) : null;
    const broken: ServerFault | null =
      end === 'end' ? { kind: 'drop', share: (rows.length - 0.5) / rows.length } : null;
    const answer =
      end === 'refuse'
        ? { bytes: Buffer.from(`${tag} NO [SERVERBUG] cannot\r\n`), afterwards: 'go-on' as const }
        : fetchAnswer(tag, rows, fault ?? broken, this.#unasked(rows, command));
    if (fault?.kind === 'exists-lies') this.#send(`* ${fault.exists} EXISTS\r\n`);
    if (fault?.kind === 'expunge-during-fetch') this.#expungeNow(folder, rows, fault.share);
    if (this.#stalled) return;
    this.#socket.write(answer.bytes);
    if (answer.afterwards === 'end') this.#socket.end();
    if (answer.afterwards !== 'go-on') this.#stalled = true;
    // The answer ends with its own tagged line; what came meanwhile is told with the next command.
  }

  #unasked(rows: readonly FetchRow[], command: string): FetchRow | null {
    const asked = new Set(rows.map(({ uid }) => uid));
    const other = this.#letters().find(({ uid, poison }) => !asked.has(uid) && poison === null);
    return other === undefined ? null : fetchRow(other, this.#view.indexOf(other.uid) + 1, command);
  }

  /** The answer tells of it already. */
  #expungeNow(folder: StoredFolder, rows: readonly FetchRow[], share: number): void {
    const uid = rows[Math.floor(share * rows.length)]?.uid;
    if (uid === undefined) return;
    this.#view = this.#view.filter((other) => other !== uid);
    folder.expunge(uid);
  }

  #beginAppend(tag: string, command: string): void {
    const [, path = '', bytes = '0'] = /^APPEND "?([^"{]+?)"? .*\{(\d+)\+?\}$/iu.exec(command) ?? [];
    this.#append = { tag, path, bytes: Number(bytes) };
    this.#send('+ go on\r\n');
  }

  #appendLetter(bytes: Buffer): void {
    const { tag, path } = this.#append ?? { tag: '', path: '' };
    this.#append = null;
    const folder = this.#server.store.at(path);
    if (folder === undefined) {
      this.#send(`${tag} NO [TRYCREATE] no such mailbox\r\n`);
      return;
    }
    folder.deliver(Buffer.from(bytes), Math.floor(Date.now() / 1_000) * 1_000);
    this.#finish(tag);
  }

  #idle(tag: string): void {
    if (this.#server.faults.take('idle')?.kind === 'idle-dead') {
      // The peer's machine is gone, or a NAT forgot the connection: nothing comes any more, not even FIN.
      this.#send('+ idling\r\n');
      this.#stalled = true;
      return;
    }
    this.#send('+ idling\r\n');
    this.#idleTag = tag;
    if (!this.#server.isSilent) this.#tell();
  }

  /** Ends a command well, with what came meanwhile before it. */
  #finish(tag: string): void {
    this.#tell();
    this.#send(`${tag} OK done\r\n`);
  }

  /** EXPUNGE and EXISTS for all that happened in the folder since it was told last. */
  #tell(): void {
    const folder = this.#folder;
    if (folder === null) return;
    const present = new Set(folder.letters.map(({ uid }) => uid));
    for (const uid of this.#view.toReversed()) {
      if (!present.has(uid)) this.#send(`* ${this.#view.indexOf(uid) + 1} EXPUNGE\r\n`);
    }
    const before = this.#view.filter((uid) => present.has(uid));
    this.#view = folder.letters.map(({ uid }) => uid);
    if (this.#view.length !== before.length) this.#send(`* ${this.#view.length} EXISTS\r\n`);
  }

  /** The letters of the view that are still there. */
  #letters(): StoredLetter[] {
    return this.#view.flatMap((uid) => this.#folder?.find(uid) ?? []);
  }
}
