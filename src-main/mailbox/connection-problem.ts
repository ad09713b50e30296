import { isCertificateProblem } from '../network/certificate-problem.ts';

/** Why a mail server cannot be used; a subset of what the desk's status shows. */
export type ConnectionProblem =
  /** No such name, refused, timed out, or lost. */
  | 'unreachable'
  | 'bad-certificate'
  | 'wrong-credentials'
  /** The connection would be in plain text, or the server offers no STARTTLS. */
  | 'plain-text-refused'
  /** Something answers, but not this protocol, or past our limits. */
  | 'unexpected-answer'
  /** The server said that it cannot at the moment. */
  | 'server-failed';

const unreachableCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'ENETUNREACH',
  'ENETDOWN',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EAI_FAIL',
  'EPIPE',
  'ETIMEDOUT',
  'ETIMEOUT',
  'EADDRNOTAVAIL',
  'CONNECT_TIMEOUT',
  'NoConnection',
  'EConnectionClosed',
]);

/** Response codes of a refused log-in that say nothing against the password (RFC 5530 §3). */
const temporaryCodes = new Set(['UNAVAILABLE', 'INUSE', 'LIMIT', 'OVERQUOTA', 'SERVERBUG', 'CONTACTADMIN']);

/** Folds whatever an IMAP client threw into one of the causes that a person can act on. */
export function connectionProblem(error: unknown): ConnectionProblem {
  const code = textField(error, 'code');
  if (isCertificateProblem(error)) return 'bad-certificate';
  if (hasField(error, 'authenticationFailed')) {
    return temporaryCodes.has(textField(error, 'serverResponseCode')) ? 'server-failed' : 'wrong-credentials';
  }
  if (hasField(error, 'tlsFailed')) {
    // The upgrade itself broke (ERR_SSL_…, a bad certificate above), or it was never offered.
    return code.startsWith('ERR_SSL') || code.startsWith('EPROTO')
      ? 'unexpected-answer'
      : 'plain-text-refused';
  }
  if (unreachableCodes.has(code)) return 'unreachable';
  if (code === 'ETHROTTLE' || ['NO', 'BAD'].includes(textField(error, 'responseStatus')))
    return 'server-failed';
  return 'unexpected-answer';
}

function textField(error: unknown, name: string): string {
  if (typeof error !== 'object' || error === null) return '';
  const value: unknown = Reflect.get(error, name);
  return typeof value === 'string' ? value : '';
}

function hasField(error: unknown, name: string): boolean {
  return typeof error === 'object' && error !== null && Reflect.get(error, name) === true;
}
