/** The lines of a text as HTML that the editor reads: a line is a paragraph, lines that begin with `>` are a quote. */
export function textHtml(text: string): string {
  return linesHtml(text.split('\n'));
}

/** What is quoted, in the element that the editor can fold up. */
export function quotedHtml(text: string): string {
  return `<div data-quoted="">${textHtml(text)}</div>`;
}

const maxDepth = 8;

function linesHtml(lines: readonly string[], depth = 0): string {
  const out: string[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? '';
    if (!line.startsWith('>') || depth === maxDepth) {
      out.push(`<p>${escapeHtml(line)}</p>`);
      continue;
    }
    const end = lines.findIndex((other, at) => at > index && !other.startsWith('>'));
    const quoted = lines.slice(index, end === -1 ? undefined : end);
    const inner = quoted.map((each) => each.replace(/^> ?/u, ''));
    out.push(`<blockquote>${linesHtml(inner, depth + 1)}</blockquote>`);
    index += quoted.length - 1;
  }
  return out.join('');
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
