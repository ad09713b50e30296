import type { BridgeError } from '#shared/bridge/bridge-error.ts';
import type { AttachmentError } from './journal/attachment-store.ts';
import type { JournalError } from './journal/journal.ts';
import type { FreezeError } from './outgoing/freeze-letter.ts';

/** Everything that keeping, queueing and deciding can fail with. */
export type LocalError = {
  readonly kind:
    JournalError['kind'] | AttachmentError['kind'] | FreezeError['kind'] | 'conflict' | 'no-mailbox';
};

/** What the desk tells of something that failed on this computer. */
export function localKind({ kind }: LocalError): BridgeError['kind'] {
  switch (kind) {
    case 'closed':
      return 'not-signed-in';
    case 'wrong-key':
      return 'key-lost';
    case 'newer-format':
      return 'newer-journal';
    case 'damaged':
    case 'source-failed':
      return 'disk-failed';
    case 'not-found':
    case 'conflict':
    case 'disk-full':
    case 'disk-failed':
    case 'no-mailbox':
    case 'bad-address':
    case 'no-recipient':
    case 'too-large':
      return kind;
  }
}
