import { FaultySmtp, type Conversation } from '#test/faults/send/faulty-smtp.ts';
import { cleanUps } from './outgoing-desk.ts';

/** A mail server whose conversations go as given, and well after them. */
export async function smtpThat(...conversations: Conversation[]): Promise<FaultySmtp> {
  const smtp = new FaultySmtp(conversations, { pipelining: false, bodyBytes: 10 }, false);
  await smtp.beginLife();
  cleanUps.push(() => {
    smtp.endLife();
    return Promise.resolve();
  });
  return smtp;
}
