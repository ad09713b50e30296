import type { BridgeError } from '#shared/bridge/bridge-error.ts';
import type { ConnectionProblem } from './mailbox/connection-problem.ts';
import type { MailboxError } from './mailbox/mailbox-error.ts';

/** What the desk tells of something that the mailbox could not do. */
export function mailboxKind({ kind }: MailboxError): BridgeError['kind'] {
  switch (kind) {
    case 'folder-missing':
      return 'not-found';
    case 'server-failed':
      return 'unexpected-answer';
    case 'unreachable':
    case 'not-found':
    case 'too-large':
      return kind;
  }
}

/** What the desk tells of a mail server that cannot be used. */
export function connectionKind(problem: ConnectionProblem): BridgeError['kind'] {
  return problem === 'server-failed' ? 'unexpected-answer' : problem;
}
