/** How long the desk waits for a mail server, and how long between one thing and the next. */
export interface MailTimes {
  /** For the connection, and again for the greeting. */
  readonly connectMs: number;
  /** Without a byte for so long a connection is probed, or given up while a command runs. */
  readonly socketTimeoutMs: number;
  /** IDLE begins so long after the last command. */
  readonly autoIdleMs: number;
  /** IDLE is broken before a NAT forgets the connection. */
  readonly idleMs: number;
  /** Servers without IDLE are asked this often. */
  readonly pollMs: number;
  /** However quiet the server is, folders are compared with UID SEARCH this often: some forget to notify. */
  readonly fullCheckMs: number;
  /** Doubles from the first to the longest; a connection that stood for `settledMs` begins with the first again. */
  readonly reconnect: {
    readonly firstMs: number;
    readonly longestMs: number;
    /** A wrong password waits longer, so that no server locks the account. */
    readonly credentialsMs: number;
    readonly settledMs: number;
  };
  /** The queue comes before the archive, but nobody waits longer than this for letters' contents. */
  readonly politeMs: number;
  /** After a sync that failed on a connection that stands. */
  readonly syncAgainMs: number;
  /** Letters that did not come although they are listed are asked for again after this. */
  readonly leftAgainMs: number;
  /**
   * Letters that were given up are tried again after this, then after twice as long and so on: it may have been the
   * server's bad day, but a letter on which it breaks the connection must not do so all the time.
   */
  readonly unreadableAgainMs: number;
  /** The alarm when a connection that stands has not brought everything for so long. */
  readonly stalledMs: number;
  readonly ingest: {
    /** Less than half of the API's lease, so that a desk that works keeps it. */
    readonly renewMs: number;
    readonly firstRetryMs: number;
    readonly longestRetryMs: number;
  };
}

export const mailTimes: MailTimes = {
  connectMs: 20_000,
  socketTimeoutMs: 90_000,
  autoIdleMs: 150,
  idleMs: 240_000,
  pollMs: 60_000,
  fullCheckMs: 900_000,
  reconnect: { firstMs: 1_000, longestMs: 60_000, credentialsMs: 120_000, settledMs: 30_000 },
  politeMs: 1_500,
  syncAgainMs: 15_000,
  leftAgainMs: 2_000,
  unreadableAgainMs: 300_000,
  stalledMs: 600_000,
  ingest: { renewMs: 12_000, firstRetryMs: 2_000, longestRetryMs: 60_000 },
};
