/** A stretch of text: plain, or a web address. */
export type TextPiece =
  | { readonly start: number; readonly text: string; readonly url: null }
  | { readonly start: number; readonly text: string; readonly url: string };

const address = /https?:\/\/[^\s<>"'«»]+/giu;
const trailing = /[.,;:!?)\]}]+$/u;

/**
 * Finds the web addresses of a text.
 *
 * The pieces joined are the text. Punctuation that ends a sentence does not belong to an address; a closing bracket
 * does when the address opened it.
 */
export function findLinks(text: string): TextPiece[] {
  const pieces: TextPiece[] = [];
  let done = 0;
  for (const match of text.matchAll(address)) {
    const url = withoutTrailing(match[0]);
    if (!URL.canParse(url)) continue;
    if (match.index > done) pieces.push({ start: done, text: text.slice(done, match.index), url: null });
    pieces.push({ start: match.index, text: url, url });
    done = match.index + url.length;
  }
  if (done < text.length) pieces.push({ start: done, text: text.slice(done), url: null });
  return pieces;
}

function withoutTrailing(url: string): string {
  const end = trailing.exec(url);
  if (end === null) return url;
  const bare = url.slice(0, end.index);
  return end[0].startsWith(')') && bare.includes('(') && !bare.includes(')') ? `${bare})` : bare;
}
