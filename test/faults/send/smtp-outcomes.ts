import type { Conversation } from './faulty-smtp.ts';

/** What the mail server does to a letter before it heals. */
export interface SmtpOutcome {
  readonly name: string;
  readonly conversations: readonly Conversation[];
  /** Nobody listens at first. */
  readonly refusesConnections?: true;
}

const one = (name: string, ...faults: Conversation): SmtpOutcome => ({ name, conversations: [faults] });
const greylisted = { says: '450 4.2.0 come later' };
const unknown = { says: '550 5.1.1 no such user' };

/** Every way a conversation is planned to go; after these the server is well again. */
export const smtpOutcomes: readonly SmtpOutcome[] = [
  { name: 'all goes well', conversations: [] },
  { name: 'connection refused', conversations: [], refusesConnections: true },
  one('cut at the greeting', { at: 'greeting', does: 'cuts' }),
  one('greeting 421', { at: 'greeting', does: { says: '421 4.3.2 too busy' } }),
  one('greeting 554', { at: 'greeting', does: { says: '554 no service' } }),
  one('stall at the greeting', { at: 'greeting', does: 'stalls' }),
  one('cut at EHLO', { at: 'ehlo', does: 'cuts' }),
  one('stall at EHLO', { at: 'ehlo', does: 'stalls' }),
  one('AUTH 535', { at: 'auth', does: { says: '535 5.7.8 wrong' } }),
  one('AUTH 454', { at: 'auth', does: { says: '454 4.7.0 later' } }),
  one('cut at AUTH', { at: 'auth', does: 'cuts' }),
  one('stall at AUTH', { at: 'auth', does: 'stalls' }),
  one('MAIL FROM 451', { at: 'mail', does: { says: '451 4.3.0 later' } }),
  one('MAIL FROM 550', { at: 'mail', does: { says: '550 5.7.1 not from you' } }),
  one('cut at MAIL FROM', { at: 'mail', does: 'cuts' }),
  one('stall at MAIL FROM', { at: 'mail', does: 'stalls' }),
  one('one recipient 450', { at: 'rcpt', recipients: [0], does: greylisted }),
  one('one recipient 550', { at: 'rcpt', recipients: [1], does: unknown }),
  one('two recipients 450', { at: 'rcpt', recipients: [0, 2], does: greylisted }),
  one('all recipients 450', { at: 'rcpt', does: greylisted }),
  one('all recipients 550', { at: 'rcpt', does: unknown }),
  one('cut at RCPT TO', { at: 'rcpt', recipients: [1], does: 'cuts' }),
  one('stall at RCPT TO', { at: 'rcpt', recipients: [1], does: 'stalls' }),
  one('DATA 451', { at: 'data', does: { says: '451 4.3.0 later' } }),
  one('DATA 554', { at: 'data', does: { says: '554 5.7.1 no' } }),
  one('cut at DATA', { at: 'data', does: 'cuts' }),
  one('stall at DATA', { at: 'data', does: 'stalls' }),
  one('cut inside the body', { at: 'body', does: 'cuts' }),
  one('stall inside the body', { at: 'body', does: 'stalls' }),
  one('552 inside the body', { at: 'body', does: { says: '552 5.3.4 too large' } }),
  one('250 inside the body', { at: 'body', does: { says: '250 2.0.0 hasty' } }),
  one('cut before the dot', { at: 'before-dot', does: 'cuts' }),
  one('stall before the dot', { at: 'before-dot', does: 'stalls' }),
  one('cut after the dot, not taken', { at: 'dot', does: 'cuts' }),
  one('cut after the dot, taken', { at: 'dot', does: 'cuts', stores: true }),
  one('250 breaks off', { at: 'dot', does: { breaksOffAfter: '250 2.0' }, stores: true }),
  one('stall after the dot, not taken', { at: 'dot', does: 'stalls' }),
  one('stall after the dot, taken', { at: 'dot', does: 'stalls', stores: true }),
  one('451 after the dot', { at: 'dot', does: { says: '451 4.3.0 later' } }),
  one('421 after the dot', { at: 'dot', does: { says: '421 4.3.2 closing' } }),
  one('550 after the dot', { at: 'dot', does: { says: '550 5.7.1 spam' } }),
  one('552 after the dot', { at: 'dot', does: { says: '552 5.3.4 too large' } }),
  one('gibberish after the dot, taken', { at: 'dot', does: { says: 'whatever' }, stores: true }),
  one('cut at QUIT', { at: 'quit', does: 'cuts' }),
  one('stall at QUIT', { at: 'quit', does: 'stalls' }),
  one('a reply too many', { at: 'rcpt', recipients: [0], does: { says: '250 ok\r\n250 ok' } }),
  {
    name: 'deferred, then 250 lost',
    conversations: [
      [{ at: 'rcpt', recipients: [0], does: greylisted }],
      [{ at: 'dot', does: 'cuts', stores: true }],
    ],
  },
  one(
    'one recipient 550, then 250 lost',
    { at: 'rcpt', recipients: [1], does: unknown },
    { at: 'dot', does: 'cuts', stores: true },
  ),
  one(
    'one recipient 550, then 451 after the dot',
    { at: 'rcpt', recipients: [1], does: unknown },
    { at: 'dot', does: { says: '451 4.3.0 later' } },
  ),
  {
    name: 'one failure after the other',
    conversations: [
      [{ at: 'greeting', does: 'cuts' }],
      [{ at: 'body', does: 'cuts' }],
      [{ at: 'before-dot', does: 'cuts' }],
      [{ at: 'dot', does: { says: '451 4.3.0 later' } }],
    ],
  },
];
