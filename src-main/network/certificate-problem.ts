/** Codes of OpenSSL and BoringSSL verification failures that carry neither the word CERT nor CRL. */
const otherCodes = new Set(['HOSTNAME_MISMATCH', 'INVALID_CA', 'INVALID_PURPOSE', 'PATH_LENGTH_EXCEEDED']);

/** Whether a connection failed because the server's certificate was not accepted; looks through causes. */
export function isCertificateProblem(error: unknown): boolean {
  for (let current: unknown = error, depth = 0; current instanceof Error && depth < 5; depth += 1) {
    const { code, originalCode } = current as { code?: unknown; originalCode?: unknown };
    if ([code, originalCode].some((value) => typeof value === 'string' && isCertificateCode(value)))
      return true;
    current = current.cause;
  }
  return false;
}

function isCertificateCode(code: string): boolean {
  return /CERT|CRL|UNABLE_TO_(?:GET_ISSUER|VERIFY)/u.test(code) || otherCodes.has(code);
}
