import type { BridgeError } from '#shared/bridge/bridge-error.ts';
import { streamPaths, type AttachmentRequest } from '#shared/bridge/streams.ts';
import { err, ok, type Result } from '#shared/result.ts';
import { errorOfResponse } from './error-of-response.ts';

/** The bytes of one attachment, from the mailbox if need be. */
export async function fetchAttachment(
  request: AttachmentRequest,
  signal: AbortSignal | null = null,
): Promise<Result<Blob, BridgeError>> {
  try {
    const response = await fetch(streamPaths.attachment, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(request),
      signal,
    });
    return response.ok ? ok(await response.blob()) : err(await errorOfResponse(response));
  } catch {
    return err({ kind: 'unreachable' });
  }
}
