import { Type } from 'typebox';
import { Value } from 'typebox/value';
import { BridgeErrorSchema, type BridgeError } from '#shared/bridge/bridge-error.ts';

const FailureSchema = Type.Object({ error: BridgeErrorSchema });

/** Why a stream path refused: its own words where it has some, else by the status alone. */
export async function errorOfResponse(response: Response): Promise<BridgeError> {
  try {
    const body: unknown = await response.json();
    if (Value.Check(FailureSchema, body)) return body.error;
  } catch {
    // No JSON: the status has to do.
  }
  if (response.status === 404) return { kind: 'not-found' };
  if (response.status === 413) return { kind: 'too-large' };
  return { kind: 'unexpected-answer' };
}
