/**
 * Saves bytes under a name, by the browser's own download.
 *
 * The name comes from a letter: whatever in it is more than a name goes.
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

/** Names that Windows gives to devices, whatever ending follows. */
const deviceName =
  /^(?:con|prn|aux|nul|clock\$|conin\$|conout\$|(?:com|lpt)[0-9\u00B9\u00B2\u00B3])(?:\.|$)/iu;

/**
 * A name without anything that a file system would read as more than a name: no folders, no characters that are not
 * seen or turn the direction of writing, none that Windows forbids, no device, no dots and spaces at the ends.
 */
export function downloadName(name: string): string {
  const base = name.split(/[\\/]/u).findLast((part) => part.trim() !== '') ?? '';
  const safe = base
    .replaceAll(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\p{Zl}\p{Zp}]/gu, '')
    .replaceAll(/[:*?"<>|]/gu, '_')
    .replace(/^[. ]+/u, '')
    .replace(/[. ]+$/u, '');
  if (safe === '') return 'attachment';
  return `${deviceName.test(safe) ? '_' : ''}${safe}`.slice(-200);
}
