/**
 * Saves bytes under a name, by the browser's own download.
 *
 * The name comes from a letter: path separators and control characters go, so that it stays a name.
 */
export function saveBlob(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = downloadName(name);
  link.click();
  // The download has its own hold on the bytes once it began, which is after this task.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** A name without anything that a file system would read as more than a name. */
export function downloadName(name: string): string {
  const safe = name
    .replaceAll(/[\p{Cc}\p{Cf}]/gu, '')
    .replaceAll(/[\\/:*?"<>|]/gu, '_')
    .replace(/^\.+/u, '')
    .trim();
  return safe === '' ? 'attachment' : safe.slice(-200);
}
