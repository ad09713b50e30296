import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { ArmedFaults } from './armed-faults.ts';
import { ImapConversation } from './imap-conversation.ts';
import type { MailStore } from './mail-store.ts';

/** What the server is able to do; servers differ. */
export interface ServerTraits {
  readonly esearch: boolean;
  readonly condstore: boolean;
  readonly idle: boolean;
  readonly specialUse: boolean;
  /** Tells UIDNEXT when a folder is opened. */
  readonly tellsUidNext: boolean;
  /** In RFC822.SIZE. */
  readonly countsLineEndsOnce: boolean;
}

/**
 * An IMAP server (RFC 3501, with IDLE, ESEARCH, CONDSTORE, SPECIAL-USE where its traits have them) over a
 * {@link MailStore}, on loopback in plain text, that does wrong what it was armed with.
 */
export class ImapServer implements AsyncDisposable {
  readonly host = '127.0.0.1';
  readonly user = 'support';
  readonly password = 'secret';
  readonly store: MailStore;
  readonly traits: ServerTraits;
  readonly faults = new ArmedFaults();
  /** How many commands were read. */
  commands = 0;
  /** Refuses new connections and has ended the old ones. */
  isDown = false;
  /** Keeps what happens in folders to itself until somebody asks. */
  isSilent = false;
  port = 0;
  readonly #open = new Set<ImapConversation>();
  readonly #server = createServer((socket) => {
    this.#serve(socket);
  });

  private constructor(store: MailStore, traits: ServerTraits) {
    this.store = store;
    this.traits = traits;
    store.listen((folder, event) => {
      for (const conversation of this.#open) conversation.onStoreChanged(folder, event);
    });
  }

  static async start(store: MailStore, traits: ServerTraits): Promise<ImapServer> {
    const made = new ImapServer(store, traits);
    made.#server.listen(0, made.host);
    await once(made.#server, 'listening');
    const address = made.#server.address();
    if (address !== null && typeof address === 'object') made.port = address.port;
    return made;
  }

  /** Ends every connection; with words as BYE, without as a reset. */
  endAll(bye: string | null): void {
    for (const conversation of this.#open) conversation.end(bye);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.endAll(null);
    this.#server.close();
    await once(this.#server, 'close');
  }

  #serve(socket: Socket): void {
    socket.setNoDelay(true);
    socket.on('error', () => socket.destroy());
    if (this.isDown) {
      socket.destroy();
      return;
    }
    const conversation = new ImapConversation(this, socket);
    this.#open.add(conversation);
    socket.on('close', () => this.#open.delete(conversation));
    conversation.greet();
  }
}
