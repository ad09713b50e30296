/** Why something asked of the mailbox was not done. */
export interface MailboxError {
  readonly kind:
    /** Not connected at the moment, or the connection broke; nothing is known of the outcome. */
    | 'unreachable'
    /** The letter is at none of the places given, or has no such attachment. */
    | 'not-found'
    /** The account has no folder for sent letters. */
    | 'folder-missing'
    | 'too-large'
    /** The server refused. */
    | 'server-failed';
}
