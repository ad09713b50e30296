/** Ends of words that tell a mailbox which nobody reads, or which a list or a mail server reads. */
const machineName =
  /^(?:(?:do[-_.]?)?not?[-_.]?reply|mailer[-_.]?daemon|mail[-_.]?daemon|postmaster|bounces?|auto[-_.]?(?:reply|responder|mailer)|robot|daemon|listserv|majordomo|mdaemon|owner)(?:$|[-_.+=\d])/iu;
const machineEnd = /(?:^|[-_.+])(?:no[-_.]?reply|do[-_.]?not[-_.]?reply|request|bounces?|owner|mailer)$/iu;

/**
 * Whether by its name alone an address belongs to a program, so that an automatic letter would go to nobody or round in
 * circles: RFC 3834 §2 names `owner-`, `-request` and `MAILER-DAEMON`, practice the no-reply addresses. An empty address is one too.
 */
export function isMachineAddress(address: string): boolean {
  const local = address.slice(0, address.lastIndexOf('@'));
  return local === '' || machineName.test(local) || machineEnd.test(local);
}
