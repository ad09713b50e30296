import { err, ok, type Result } from '#shared/result.ts';

/** Far more than any regulation. */
const maxBytes = 5_000_000;

/** Reads a chosen file as JSON. A byte order mark, which Windows programs write, is no fault. */
export async function readJsonFile(file: Blob): Promise<Result<unknown, 'fault.notJson' | 'fault.tooLarge'>> {
  if (file.size > maxBytes) return err('fault.tooLarge');
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer());
    return ok(JSON.parse(text) as unknown);
  } catch {
    return err('fault.notJson');
  }
}
