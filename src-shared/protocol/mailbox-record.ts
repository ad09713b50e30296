import { Type, type Static } from 'typebox';
import { MomentSchema } from '../moment.ts';

/** `tls`: from the first byte; `starttls`: required upgrade; `none`: only to loopback or with `allowPlainText`. */
export const TransportSecuritySchema = Type.Union([
  Type.Literal('tls'),
  Type.Literal('starttls'),
  Type.Literal('none'),
]);
export type TransportSecurity = Static<typeof TransportSecuritySchema>;

export const MailServerSchema = Type.Object({
  host: Type.String({ minLength: 1, maxLength: 253 }),
  port: Type.Integer({ minimum: 1, maximum: 65535 }),
  security: TransportSecuritySchema,
  /** The explicit switch without which plain text is refused to any host but loopback. */
  allowPlainText: Type.Boolean(),
  user: Type.String({ minLength: 1, maxLength: 320 }),
  password: Type.String({ maxLength: 1000 }),
});
export type MailServer = Static<typeof MailServerSchema>;

/**
 * The support mailbox: one record for all desks, set by an admin, given to desks after log-in.
 *
 * Passwords are encrypted at rest on the API and never logged. Desks keep the record in their vault.
 */
export const MailboxRecordSchema = Type.Object({
  /** Grows with every change; desks reconnect when it does. */
  revision: Type.Integer({ minimum: 1 }),
  /** The address that clients write to and that answers come from. */
  address: Type.String({ minLength: 3, maxLength: 320 }),
  /** From name of answers. */
  displayName: Type.String({ maxLength: 200 }),
  /** Other addresses of the service: letters from them are never clients' letters. */
  ownAddresses: Type.Array(Type.String({ maxLength: 320 }), { maxItems: 100 }),
  imap: MailServerSchema,
  smtp: MailServerSchema,
  /** PEM of an own certificate authority that IMAP and SMTP may chain to besides the public ones. */
  certificateAuthority: Type.Union([Type.String({ maxLength: 100_000 }), Type.Null()]),
  /** Null: ask the server (RFC 6154 \Sent). */
  sentFolder: Type.Union([Type.String({ maxLength: 500 }), Type.Null()]),
  /** Letters received before this are searchable history and open no tickets. */
  ticketsFrom: MomentSchema,
});
export type MailboxRecord = Static<typeof MailboxRecordSchema>;

/** `PUT /v1/mailbox` (admin): `revision` is the one that was read (0 for the first); 409 when another came between. */
export const PutMailboxRecordSchema = Type.Object({
  ...Type.Omit(MailboxRecordSchema, ['revision']).properties,
  revision: Type.Integer({ minimum: 0 }),
});
export type PutMailboxRecord = Static<typeof PutMailboxRecordSchema>;

/** `GET /v1/mailbox`: null until an admin has set it. */
export const MailboxAnswerSchema = Type.Object({ mailbox: Type.Union([MailboxRecordSchema, Type.Null()]) });
