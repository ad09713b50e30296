import type { ApiError } from '#shared/protocol/api-error.ts';
import { errorCode } from '../journal/disk.ts';
import { isCertificateProblem } from '../network/certificate-problem.ts';

/** Why a call failed: the API's own word, or that nobody who speaks the protocol could be asked. */
export type ApiCallError =
  | ApiError
  | {
      readonly kind:
        /** No such name, refused, reset, timed out. */
        | 'unreachable'
        | 'bad-certificate'
        /** Something answered, but not what the protocol says. */
        | 'unexpected-answer'
        /** The caller's signal. */
        | 'aborted';
      readonly message: string;
      readonly retryAfterMs?: number;
    };

/** Sorts what a socket or a TLS handshake failed with. Messages are codes: addresses do not belong in logs. */
export function transportError(error: unknown, signal: AbortSignal | undefined): ApiCallError {
  if (signal?.aborted === true) return { kind: 'aborted', message: 'The caller gave up.' };
  const code = errorCode(error) || errorCode(causeOf(error));
  if (isCertificateProblem(error)) return { kind: 'bad-certificate', message: code };
  if (code.startsWith('HPE_') || code === 'UND_ERR_RES_EXCEEDED_MAX_SIZE' || isTlsMismatch(code)) {
    return { kind: 'unexpected-answer', message: code };
  }
  return { kind: 'unreachable', message: code === '' ? 'The connection failed.' : code };
}

function causeOf(error: unknown): unknown {
  return error instanceof Error ? error.cause : undefined;
}

/** No TLS at the other end, or none that fits: OpenSSL's words, and the older name for plain text on a TLS port. */
function isTlsMismatch(code: string): boolean {
  return code.startsWith('ERR_SSL_') || code === 'EPROTO';
}
