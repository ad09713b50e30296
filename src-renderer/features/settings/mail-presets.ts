import type { MailServer } from '#shared/protocol/mailbox-record.ts';

type Place = Pick<MailServer, 'host' | 'port' | 'security'>;

/** Where a well-known mail provider takes and gives letters. */
export interface MailPreset {
  /** Its own name. */
  readonly name: string;
  readonly imap: Place;
  readonly smtp: Place;
}

function overTls(name: string, imapHost: string, smtpHost: string): MailPreset {
  return {
    name,
    imap: { host: imapHost, port: 993, security: 'tls' },
    smtp: { host: smtpHost, port: 465, security: 'tls' },
  };
}

// As the providers' own help pages give them; all of them want a password made for the program.
const mailRu = overTls('Mail.ru', 'imap.mail.ru', 'smtp.mail.ru');
const yandex = overTls('Yandex', 'imap.yandex.ru', 'smtp.yandex.ru');
const gmail = overTls('Gmail', 'imap.gmail.com', 'smtp.gmail.com');

const byDomain: ReadonlyMap<string, MailPreset> = new Map([
  ...['mail.ru', 'internet.ru', 'bk.ru', 'inbox.ru', 'list.ru'].map((domain) => [domain, mailRu] as const),
  ...['yandex.ru', 'yandex.by', 'yandex.com', 'yandex.kz', 'ya.ru'].map(
    (domain) => [domain, yandex] as const,
  ),
  ...['gmail.com', 'googlemail.com'].map((domain) => [domain, gmail] as const),
]);

/** The provider of an address; null where guessing a server could send a password to a stranger. */
export function presetOfAddress(address: string): MailPreset | null {
  const domain = address.trim().toLowerCase().split('@')[1] ?? '';
  return byDomain.get(domain) ?? null;
}

/** Whether the server is one of a provider that takes only passwords made for the program. */
export function wantsAppPassword(host: string): boolean {
  const wanted = host.trim().toLowerCase();
  return [...byDomain.values()].some(({ imap, smtp }) => imap.host === wanted || smtp.host === wanted);
}
