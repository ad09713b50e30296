/**
 * What was said over one SMTP connection, as far as it tells what became of each recipient and whether the letter was
 * handed over to its last byte.
 *
 * nodemailer answers for recipients only together with the server's last word. A connection that ends before that word
 * would lose what the server had said of them; its log of the transaction has it at once. Nothing of it is kept.
 */
export class SmtpTranscript {
  /** Commands that wait for their reply; the greeting answers none. */
  readonly #waiting = [''];
  readonly #codes = new Map<string, number>();
  #isHandedOver = false;

  /** For nodemailer's `logger`, together with `transactionLog`. */
  readonly logger = {
    debug: (entry: unknown, text: unknown): void => {
      const kind = kindOf(entry);
      if (kind === 'client') this.#waiting.push(String(text));
      else if (kind === 'server') this.#reply(String(text));
    },
    info: (entry: unknown): void => {
      if (kindOf(entry) === 'message') this.#isHandedOver = true;
    },
  };

  /** True when the final dot, too, is on its way. */
  get isHandedOver(): boolean {
    return this.#isHandedOver;
  }

  /** The server's code for a recipient; null before it answered. */
  codeOf(address: string): number | null {
    return this.#codes.get(address) ?? null;
  }

  #reply(text: string): void {
    const address = /^RCPT TO:<([^>]*)>/u.exec(this.#waiting.shift() ?? '')?.[1];
    const code = /^\d{3}/u.exec(text)?.[0];
    if (address !== undefined && code !== undefined) this.#codes.set(address, Number(code));
  }
}

function kindOf(entry: unknown): unknown {
  return typeof entry === 'object' && entry !== null && 'tnx' in entry ? entry.tnx : null;
}
