/**
 * Joins the lines of format=flowed text into paragraphs (RFC 3676 §4).
 *
 * A line that ends in a space goes on in the next one of the same quote depth; `-- ` never flows. With `delSp` the
 * space itself goes. Quote marks are kept once per joined line, in the `> ` form.
 */
export function unwrapFlowed(text: string, delSp: boolean): string {
  const out: string[] = [];
  let open: { depth: number; text: string } | null = null;
  for (const line of text.split('\n')) {
    const depth = /^>*/u.exec(line)?.[0].length ?? 0;
    const stuffed = line.slice(depth);
    const content = stuffed.startsWith(' ') ? stuffed.slice(1) : stuffed;
    const flows = content.endsWith(' ') && content !== '-- ';
    if (open !== null && open.depth === depth && content !== '-- ') {
      open.text += content;
    } else {
      if (open !== null) out.push(quoted(open.depth, open.text));
      open = { depth, text: content };
    }
    if (flows) {
      if (delSp) open.text = open.text.slice(0, -1);
    } else {
      out.push(quoted(depth, open.text));
      open = null;
    }
  }
  if (open !== null) out.push(quoted(open.depth, open.text));
  return out.join('\n');
}

function quoted(depth: number, text: string): string {
  return depth === 0 ? text : `${'>'.repeat(depth)} ${text}`;
}
