/** What an enhanced status code says to somebody who does not read RFC 3463. */
export type StatusWord =
  | 'no-such-address'
  | 'address-moved'
  | 'mailbox-off'
  | 'mailbox-full'
  | 'too-large'
  | 'unreachable'
  | 'expired'
  | 'refused'
  | 'unknown';

const words: readonly (readonly [RegExp, StatusWord])[] = [
  [/^\d\.1\.6$/u, 'address-moved'],
  [/^\d\.1\.(?:[1-4]|10)$/u, 'no-such-address'],
  [/^\d\.2\.1$/u, 'mailbox-off'],
  [/^\d\.2\.2$/u, 'mailbox-full'],
  [/^\d\.(?:2\.3|3\.4)$/u, 'too-large'],
  [/^\d\.4\.7$/u, 'expired'],
  [/^\d\.4\./u, 'unreachable'],
  [/^\d\.7\./u, 'refused'],
];

/** The subject and detail of a code such as `5.1.1` as a word; `unknown` for none and for codes that tell nothing. */
export function statusWord(status: string | null): StatusWord {
  if (status === null) return 'unknown';
  return words.find(([pattern]) => pattern.test(status))?.[1] ?? 'unknown';
}
