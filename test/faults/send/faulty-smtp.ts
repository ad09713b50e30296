import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { SmtpSession, type SmtpRecord } from './smtp-session.ts';

/** Where in a conversation a fault happens. */
export type SmtpPhase =
  | 'greeting'
  | 'ehlo'
  | 'auth'
  | 'mail'
  | 'rcpt'
  | 'data'
  /** Somewhere inside the letter. */
  | 'body'
  /** All of the letter has come but its final dot. */
  | 'before-dot'
  /** The final dot has come, nothing was said of it yet. */
  | 'dot'
  | 'quit';

export interface SmtpFault {
  readonly at: SmtpPhase;
  readonly does:
    /** The connection ends without a word. */
    | 'cuts'
    /** Nothing is said or read any more. */
    | 'stalls'
    /** These lines instead of the right ones. */
    | { readonly says: string }
    /** The beginning of a reply, then the connection ends. */
    | { readonly breaksOffAfter: string };
  /** At the dot: the letter is taken all the same. */
  readonly stores?: true;
  /** Which of the conversation's recipients, from 0; all when missing. */
  readonly recipients?: readonly number[];
}

/** What happens in one connection. */
export type Conversation = readonly SmtpFault[];

/** A letter that the server took, by its own books: the only truth about what was delivered. */
export interface TakenLetter {
  readonly messageId: string;
  readonly to: readonly string[];
  readonly source: string;
}

export interface SmtpTraits {
  readonly pipelining: boolean;
  /** After how many bytes of the letter a fault `body` happens. */
  readonly bodyBytes: number;
}

/**
 * An SMTP server of one user that fails as planned and keeps books of all that it took.
 *
 * The n-th connection holds the n-th conversation; those after the last one go well. Each life of the desk gets a port of
 * its own, so that what is left of an ended one reaches nobody.
 */
export class FaultySmtp {
  readonly taken: TakenLetter[] = [];
  readonly records: SmtpRecord[] = [];
  /** Called when a letter was taken, before the server says so. */
  onTaken: (letter: TakenLetter) => void = () => {};
  /** Called when a final dot has come, before anything is said. */
  onDot: () => void = () => {};
  readonly #conversations: Conversation[];
  readonly #traits: SmtpTraits;
  readonly #sockets = new Set<Socket>();
  #listener: Server | null = null;
  #isRefusing: boolean;

  /** `isRefusing`: nobody listens until `heal`. */
  constructor(conversations: readonly Conversation[], traits: SmtpTraits, isRefusing: boolean) {
    this.#conversations = [...conversations];
    this.#traits = traits;
    this.#isRefusing = isRefusing;
  }

  /** For the route of a letter that leaves now. */
  get port(): number {
    // Nobody listens on port 1 of the loopback.
    if (this.#isRefusing || this.#listener === null) return 1;
    return (this.#listener.address() as AddressInfo).port;
  }

  get openConnections(): number {
    return this.#sockets.size;
  }

  async beginLife(): Promise<void> {
    const listener = createServer((socket) => {
      this.#serve(socket);
    });
    listener.listen(0, '127.0.0.1');
    await once(listener, 'listening');
    this.#listener = listener;
  }

  /** Nothing that the ended life still sends arrives. */
  endLife(): void {
    this.#listener?.close();
    this.#listener = null;
    for (const socket of this.#sockets) socket.destroy();
    this.#sockets.clear();
  }

  /** Somebody listens. */
  answerCalls(): void {
    this.#isRefusing = false;
  }

  /** From here on every conversation goes well. */
  heal(): void {
    this.answerCalls();
    this.#conversations.length = 0;
  }

  #serve(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('close', () => this.#sockets.delete(socket));
    const session = new SmtpSession(socket, this.#conversations.shift() ?? [], this.#traits, {
      onDot: () => this.onDot(),
      onTaken: (letter) => {
        this.taken.push(letter);
        this.onTaken(letter);
      },
    });
    this.records.push(session.record);
  }
}
