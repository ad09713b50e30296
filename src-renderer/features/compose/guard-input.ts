/** As much as a letter may hold; a draft of more could not be kept. */
export const maxLetterLength = 900_000;

/** What came by the clipboard or was dropped. */
export type Incoming =
  | { readonly kind: 'files'; readonly files: readonly File[] }
  | { readonly kind: 'too-long' }
  /** More HTML than words: only the words are taken. */
  | { readonly kind: 'plain'; readonly text: string }
  /** The editor's own business: its schema cleans it. */
  | { readonly kind: 'content' };

/** Reading a page of more than this would stop the desk for seconds. */
const maxHtmlLength = 2_000_000;

/**
 * Looks at what is pasted or dropped before the editor does: files and pictures become attachments, what is too long is
 * refused, so that nothing of what is there already gets lost. `length` is what the letter holds.
 */
export function examineInput(
  data: Pick<DataTransfer, 'getData' | 'files'>,
  length: number,
  max = maxLetterLength,
): Incoming {
  const text = data.getData('text/plain');
  const html = data.getData('text/html');
  // Office programs put a picture of the text beside the text.
  if (data.files.length > 0 && text.trim() === '') return { kind: 'files', files: [...data.files] };
  const pastes = text === '' ? html.length : text.length;
  if (length + pastes > max) return { kind: 'too-long' };
  return html.length > maxHtmlLength ? { kind: 'plain', text } : { kind: 'content' };
}
