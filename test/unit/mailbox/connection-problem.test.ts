import { describe, expect, it } from 'vitest';
import { connectionProblem } from '#main/mailbox/connection-problem.ts';

function failure(facts: Record<string, unknown>): Error {
  return Object.assign(new Error('failed'), facts);
}

describe('connectionProblem', () => {
  it.each([
    [{ code: 'ECONNREFUSED' }, 'unreachable'],
    [{ code: 'ENOTFOUND' }, 'unreachable'],
    [{ code: 'CONNECT_TIMEOUT' }, 'unreachable'],
    [{ code: 'NoConnection' }, 'unreachable'],
    [{ code: 'SELF_SIGNED_CERT_IN_CHAIN' }, 'bad-certificate'],
    [{ code: 'ERR_TLS_CERT_ALTNAME_INVALID', tlsFailed: true }, 'bad-certificate'],
    [{ code: 'CERT_HAS_EXPIRED' }, 'bad-certificate'],
    [{ authenticationFailed: true, serverResponseCode: 'AUTHENTICATIONFAILED' }, 'wrong-credentials'],
    [{ authenticationFailed: true }, 'wrong-credentials'],
    [{ authenticationFailed: true, serverResponseCode: 'UNAVAILABLE' }, 'server-failed'],
    [{ authenticationFailed: true, serverResponseCode: 'OVERQUOTA' }, 'server-failed'],
    [{ tlsFailed: true }, 'plain-text-refused'],
    [{ tlsFailed: true, code: 'ERR_SSL_WRONG_VERSION_NUMBER' }, 'unexpected-answer'],
    [{ code: 'ETHROTTLE' }, 'server-failed'],
    [{ responseStatus: 'NO' }, 'server-failed'],
    [{ code: 'LiteralTooLarge' }, 'unexpected-answer'],
    [{}, 'unexpected-answer'],
  ] as const)('%j is %s', (facts, problem) => {
    expect(connectionProblem(failure(facts))).toBe(problem);
  });

  it.each([null, undefined, 'text', 7])('%j that is thrown is an unexpected answer', (thrown) => {
    expect(connectionProblem(thrown)).toBe('unexpected-answer');
  });
});
