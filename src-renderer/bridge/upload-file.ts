import { Type, type Static } from 'typebox';
import { Value } from 'typebox/value';
import type { BridgeError } from '#shared/bridge/bridge-error.ts';
import { DraftAttachmentSchema, type DraftAttachment } from '#shared/bridge/draft.ts';
import { streamPaths } from '#shared/bridge/streams.ts';
import { err, ok, type Result } from '#shared/result.ts';
import { errorOfResponse } from './error-of-response.ts';

const UploadAnswerSchema = Type.Object({ attachment: DraftAttachmentSchema });
type UploadAnswer = Static<typeof UploadAnswerSchema>;

/** Hands a file to the main process; resolves after its bytes lie encrypted on disk. */
export async function uploadFile(
  file: File,
  signal: AbortSignal,
): Promise<Result<DraftAttachment, BridgeError>> {
  const query = new URLSearchParams({ name: file.name, type: file.type || 'application/octet-stream' });
  try {
    const response = await fetch(`${streamPaths.upload}?${query.toString()}`, {
      method: 'POST',
      body: file,
      signal,
    });
    if (!response.ok) return err(await errorOfResponse(response));
    const answer: unknown = await response.json();
    return Value.Check(UploadAnswerSchema, answer)
      ? ok((answer satisfies UploadAnswer).attachment)
      : err({ kind: 'unexpected-answer' });
  } catch {
    // A file that went away between choosing and reading it ends here too.
    return err({ kind: 'disk-failed' });
  }
}
