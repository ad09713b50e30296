/** Bounds of what the wire admits (protocol schemas hold the same numbers). */
export const messageIdLimits = { length: 998, inReplyTo: 100, references: 1_000 } as const;

/**
 * The message ids of a Message-ID, In-Reply-To or References value, each once, in order, with angle brackets.
 *
 * Takes what stands in angle brackets; mailers fold inside long ids, so white space in them goes. Comments and
 * quoted phrases (`"Ivan's letter of Monday" <id@host>`) are skipped. Where no brackets stand at all, words with an
 * `@` are taken as ids that lost theirs. Over `limit` the oldest (first) one and the newest ones stay, as RFC 5537
 * §3.4.4 advises, because a thread's root and the direct parent are what joins letters.
 */
export function parseMessageIds(value: string, limit: number = messageIdLimits.references): string[] {
  const found = new Set<string>();
  for (const match of value.matchAll(/<([^<>]*)>/gu)) addId(found, match[1] ?? '');
  if (found.size === 0 && !/<[^<>]*>/u.test(value)) {
    const bare = value.replaceAll(/\([^()]*\)/gu, ' ').replaceAll(/"[^"]*"/gu, ' ');
    for (const word of bare.split(/[\s,;<>]+/u)) if (/[^@]@[^@]/u.test(word)) addId(found, word);
  }
  const ids = [...found];
  return ids.length <= limit ? ids : [...ids.slice(0, 1), ...ids.slice(ids.length - limit + 1)];
}

/** The id of a Message-ID value, with angle brackets, or null. */
export function parseMessageId(value: string): string | null {
  return parseMessageIds(value, 1)[0] ?? null;
}

function addId(found: Set<string>, text: string): void {
  const id = text.replaceAll(/[\s\p{Cc}]+/gu, '');
  if (id !== '' && id.length + 2 <= messageIdLimits.length) found.add(`<${id}>`);
}
