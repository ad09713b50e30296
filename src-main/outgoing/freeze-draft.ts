import { v4 as uuidv4, v7 as uuidv7 } from 'uuid';
import type { Draft, Outgoing } from '#shared/bridge/draft.ts';
import type { OutgoingId } from '#shared/ids.ts';
import { maxLetterFilesBytes } from '#shared/mail/letter-size.ts';
import type { MailboxRecord } from '#shared/protocol/mailbox-record.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { AttachmentError, AttachmentStore } from '../journal/attachment-store.ts';
import type { RecordOf } from '../journal/journal-record.ts';
import { freezeLetter, type FreezeError, type LoadedAttachment } from './freeze-letter.ts';

/**
 * Makes a letter of a draft: its bytes lie in the store, and the record that is answered puts it into the queue in place
 * of the draft, to leave after `delayMs`. Until that record is written nothing has happened. `too-large` where its files
 * are more than one letter may carry.
 */
export async function freezeDraft(
  attachments: AttachmentStore,
  draft: Draft,
  mailbox: MailboxRecord,
  at: number,
  delayMs: number,
): Promise<Result<RecordOf<'outgoing-queued'>, FreezeError | AttachmentError>> {
  const filesSize = draft.attachments.reduce((sum, { size }) => sum + size, 0);
  if (filesSize > maxLetterFilesBytes) return err({ kind: 'too-large' });
  const loaded: LoadedAttachment[] = [];
  for (const { id, name, type } of draft.attachments) {
    const bytes = await attachments.get(id);
    if (!bytes.ok) return bytes;
    loaded.push({ name, type, bytes: bytes.value });
  }
  const token = draft.ticketToken;
  const frozen = await freezeLetter({ draft, attachments: loaded, mailbox, token, unique: uuidv4(), at });
  if (!frozen.ok) return frozen;
  const { messageId, envelope, source } = frozen.value;
  const stored = await attachments.put(source);
  if (!stored.ok) return err(stored.error);
  const outgoing: Outgoing = {
    id: uuidv7() as OutgoingId,
    ticketId: draft.ticketId,
    draft,
    state: 'queued',
    messageId,
    queuedAt: at,
    releaseAt: at + delayMs,
    reason: null,
    recipients: envelope.to.map((address) => ({ address, state: 'waiting' })),
    filed: false,
  };
  return ok({
    v: 2,
    at,
    kind: 'outgoing-queued',
    outgoing,
    envelope: { from: envelope.from, to: [...envelope.to] },
    mimeFile: stored.value.id,
  });
}
