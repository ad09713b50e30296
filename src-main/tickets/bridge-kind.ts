import type { BridgeError } from '#shared/bridge/bridge-error.ts';
import type { ApiCallError } from './api-call-error.ts';

/** What the desk tells of a failed call of the API. */
export function bridgeKind(error: ApiCallError): BridgeError['kind'] {
  switch (error.kind) {
    case 'unauthorised':
      return 'not-signed-in';
    case 'unavailable':
    case 'aborted':
      return 'unreachable';
    case 'epoch-changed':
      return 'unexpected-answer';
    case 'invalid':
    case 'wrong-credentials':
    case 'too-many-attempts':
    case 'forbidden':
    case 'not-found':
    case 'conflict':
    case 'upgrade-required':
    case 'internal':
    case 'unreachable':
    case 'bad-certificate':
    case 'unexpected-answer':
      return error.kind;
  }
}
