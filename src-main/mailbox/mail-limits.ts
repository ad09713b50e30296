/** Bounds of one desk's dealings with the mail server; far above what real mail needs, far below what hurts. */
export const mailLimits = {
  /** A letter larger than this is kept as header and structure; its parts are fetched on demand. */
  letterBytes: 25_000_000,
  /** Letters larger than this travel in batches by size instead of by number. */
  heavyBytes: 65_536,
  /** Bytes of letters in one batch of heavy ones. */
  batchBytes: 8_000_000,
  /** Text parts of a large letter that are fetched when somebody opens it. */
  textPartBytes: 5_000_000,
  /** The largest attachment that is handed out. */
  attachmentBytes: 200_000_000,
  /** One IMAP literal: a letter at its limit and room for servers that count line ends otherwise. */
  literalBytes: 28_000_000,
  /** One response line: UID SEARCH over a million letters fits. */
  lineBytes: 12_000_000,
} as const;
