import type { Socket } from 'node:net';
import type { Conversation, SmtpFault, SmtpPhase, SmtpTraits, TakenLetter } from './faulty-smtp.ts';

/** What a connection came to. */
export interface SmtpRecord {
  /** The client was told to go on with the letter. */
  bodyBegan: boolean;
  /** All of a letter has come, with its final dot or without. */
  bodyCame: boolean;
  dotCame: boolean;
  /** The client said goodbye, so it has heard everything before. */
  quitCame: boolean;
  messageId: string | null;
}

interface SessionEvents {
  readonly onDot: () => void;
  readonly onTaken: (letter: TakenLetter) => void;
}

/** One connection of the server: commands in, replies out, until the planned fault. Text is bytes, as Latin-1. */
export class SmtpSession {
  readonly record: SmtpRecord = {
    bodyBegan: false,
    bodyCame: false,
    dotCame: false,
    quitCame: false,
    messageId: null,
  };
  readonly #socket: Socket;
  readonly #faults: Conversation;
  readonly #traits: SmtpTraits;
  readonly #events: SessionEvents;
  #input = '';
  #isOver = false;
  #inBody = false;
  #bodyFaultIsDone = false;
  #size = 0;
  #recipients: string[] = [];
  #recipientCount = 0;

  constructor(socket: Socket, faults: Conversation, traits: SmtpTraits, events: SessionEvents) {
    this.#socket = socket;
    this.#faults = faults;
    this.#traits = traits;
    this.#events = events;
    socket.on('error', () => socket.destroy());
    socket.on('data', (chunk: Buffer) => {
      if (this.#isOver) return;
      this.#input += chunk.toString('latin1');
      this.#work();
    });
    this.#reply('greeting', '220 faulty ready');
  }

  #work(): void {
    while (!this.#isOver) {
      if (this.#inBody) {
        if (!this.#readBody()) return;
        continue;
      }
      const end = this.#input.indexOf('\r\n');
      if (end === -1) return;
      const line = this.#input.slice(0, end);
      this.#input = this.#input.slice(end + 2);
      this.#command(line);
    }
  }

  #command(line: string): void {
    const verb = line.slice(0, 4).toUpperCase();
    switch (verb) {
      case 'EHLO': {
        const extensions = [
          'SIZE 50000000',
          'AUTH PLAIN',
          ...(this.#traits.pipelining ? ['PIPELINING'] : []),
        ];
        const lines = ['faulty', ...extensions];
        this.#reply(
          'ehlo',
          lines.map((text, index) => `250${index === lines.length - 1 ? ' ' : '-'}${text}`).join('\r\n'),
        );
        return;
      }
      case 'AUTH':
        this.#reply('auth', '235 welcome');
        return;
      case 'MAIL':
        this.#size = Number(/SIZE=(\d+)/u.exec(line)?.[1] ?? 0);
        this.#recipients = [];
        this.#recipientCount = 0;
        this.#reply('mail', '250 ok');
        return;
      case 'RCPT':
        this.#recipient(/<([^>]*)>/u.exec(line)?.[1] ?? '');
        return;
      case 'DATA':
        if (this.#recipients.length === 0) this.#say('554 5.5.1 no valid recipients');
        else if (this.#reply('data', '354 go on')) this.#inBody = this.record.bodyBegan = true;
        return;
      case 'QUIT':
        this.record.quitCame = true;
        if (this.#reply('quit', '221 bye')) this.#end();
        return;
      default:
        this.#say('502 5.5.2 what?');
    }
  }

  #recipient(address: string): void {
    const index = this.#recipientCount;
    this.#recipientCount += 1;
    const fault = this.#faultAt('rcpt');
    const applies = fault !== undefined && (fault.recipients?.includes(index) ?? true);
    if (!applies) {
      this.#recipients.push(address);
      this.#say('250 ok');
      return;
    }
    if (saysYes(fault)) this.#recipients.push(address);
    this.#happen(fault);
  }

  /** False when more bytes are needed, or none wanted. */
  #readBody(): boolean {
    // A letter may be empty; its dot then follows the line of DATA.
    const end = this.#input.startsWith('.\r\n') ? 0 : this.#input.indexOf('\r\n.\r\n');
    const fault = this.#faultAt('body');
    if (fault !== undefined && !this.#bodyFaultIsDone && this.#input.length >= this.#traits.bodyBytes) {
      this.#bodyFaultIsDone = true;
      this.#happen(fault);
      if (this.#isOver) return false;
    }
    this.record.messageId ??= /^Message-ID: (\S+)\r$/imu.exec(this.#input)?.[1] ?? null;
    const came = end === -1 ? unstuffed(this.#input).length : this.#size;
    if (came >= this.#size) this.record.bodyCame = true;
    const late = this.#faultAt('before-dot');
    if (late !== undefined && this.record.bodyCame) {
      this.#happen(late);
      if (this.#isOver) return false;
    }
    if (end === -1) return false;
    const source = unstuffed(this.#input.slice(0, end + 2));
    this.#input = this.#input.slice(end === 0 ? 3 : end + 5);
    this.#inBody = false;
    this.record.dotCame = true;
    this.#events.onDot();
    this.#letter(source);
    return true;
  }

  #letter(source: string): void {
    const fault = this.#faultAt('dot');
    const early = this.#faultAt('body');
    // Who refuses a letter in its middle does not speak of it again.
    if (early !== undefined && !saysYes(early)) return;
    if (fault === undefined || fault.stores === true) {
      const { messageId } = this.record;
      this.#events.onTaken({ messageId: messageId ?? '', to: [...this.#recipients], source });
    }
    if (fault === undefined) this.#say('250 2.0.0 taken');
    else this.#happen(fault);
  }

  #faultAt(phase: SmtpPhase): SmtpFault | undefined {
    return this.#faults.find(({ at }) => at === phase);
  }

  /** True when the right reply was given. */
  #reply(phase: SmtpPhase, right: string): boolean {
    const fault = this.#faultAt(phase);
    if (fault === undefined) this.#say(right);
    else this.#happen(fault);
    return fault === undefined;
  }

  #happen({ does }: SmtpFault): void {
    if (does === 'cuts') return this.#end();
    if (does === 'stalls') {
      this.#isOver = true;
      this.#socket.pause();
      return;
    }
    if ('says' in does) return this.#say(does.says);
    this.#socket.write(does.breaksOffAfter);
    this.#end();
  }

  #say(text: string): void {
    this.#socket.write(`${text}\r\n`);
  }

  #end(): void {
    this.#isOver = true;
    this.#socket.end();
    this.#socket.resume();
  }
}

function saysYes({ does }: SmtpFault): boolean {
  return typeof does === 'object' && 'says' in does && does.says.startsWith('2');
}

/** RFC 5321 §4.5.2: the sender doubled every dot at the beginning of a line. */
function unstuffed(text: string): string {
  return text.replace(/(^|\r\n)\./gu, '$1');
}
