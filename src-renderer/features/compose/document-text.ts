/** What the editor's document is made of, as far as its text is concerned: ProseMirror's JSON. */
export interface DocumentNode {
  readonly type?: string | undefined;
  readonly text?: string | undefined;
  readonly attrs?: Attributes;
  readonly marks?: readonly { readonly type: string; readonly attrs?: Attributes }[] | undefined;
  readonly content?: readonly DocumentNode[] | undefined;
}

type Attributes = Readonly<Record<string, unknown>> | null | undefined;

/** The folded part of a letter: what is quoted or forwarded. */
export const quotedPart = 'quotedPart';

/**
 * The text alternative of a letter, from the same document as its HTML.
 *
 * A paragraph is a line, without the spaces at its end. Quotes begin with `> `, items with `- ` or their number. A link that is a line of its own
 * reads `title: URL`, one inside a sentence `text <URL>`, and one that shows its address just that.
 */
export function documentText(document: DocumentNode): string {
  return blockLines(document.content ?? []).join('\n');
}

/** The agent's own words: the text without what is quoted or forwarded. */
export function ownText(document: DocumentNode): string {
  const own = (document.content ?? []).filter(({ type }) => type !== quotedPart && type !== 'blockquote');
  return blockLines(own).join('\n');
}

function blockLines(nodes: readonly DocumentNode[]): string[] {
  return nodes.flatMap(linesOf);
}

function linesOf(node: DocumentNode): string[] {
  const content = node.content ?? [];
  switch (node.type) {
    case 'paragraph':
      return inlineText(content)
        .split('\n')
        .map((line) => line.trimEnd());
    case 'blockquote':
      return blockLines(content).map((line) => (line.startsWith('>') ? `>${line}` : `> ${line}`.trimEnd()));
    case 'bulletList':
      return content.flatMap((item) => itemLines('- ', item));
    case 'orderedList': {
      const { start } = node.attrs ?? {};
      const first = typeof start === 'number' ? start : 1;
      return content.flatMap((item, index) => itemLines(`${first + index}. `, item));
    }
    default:
      return blockLines(content);
  }
}

function itemLines(sign: string, item: DocumentNode): string[] {
  const indent = ' '.repeat(sign.length);
  return blockLines(item.content ?? []).map((line, index) =>
    index === 0 ? `${sign}${line}` : `${indent}${line}`.trimEnd(),
  );
}

interface Piece {
  readonly text: string;
  readonly href: string | null;
}

function inlineText(nodes: readonly DocumentNode[]): string {
  const pieces: Piece[] = [];
  for (const node of nodes) {
    const text = node.type === 'hardBreak' ? '\n' : (node.text ?? '');
    const href = hrefOf(node);
    const last = pieces.at(-1);
    // One link may be several nodes, where a part of it is bold.
    if (last !== undefined && last.href === href) {
      pieces[pieces.length - 1] = { text: last.text + text, href };
    } else pieces.push({ text, href });
  }
  return pieces.map((piece, index) => pieceText(piece, pieces[index - 1], pieces[index + 1])).join('');
}

function pieceText({ text, href }: Piece, before: Piece | undefined, after: Piece | undefined): string {
  if (href === null || text.trim() === '' || showsAddress(text, href)) return text;
  const beginsLine = before === undefined || /\n\s*$/u.test(before.text);
  const endsLine = after === undefined || /^\s*\n/u.test(after.text) || after.text.trim() === '';
  return beginsLine && endsLine ? `${text}: ${href}` : `${text} <${href}>`;
}

function showsAddress(text: string, href: string): boolean {
  const bare = (address: string) =>
    address.replace(/^(?:https?:\/\/|mailto:|tel:)/iu, '').replace(/\/$/u, '');
  return bare(text.trim()) === bare(href);
}

function hrefOf(node: DocumentNode): string | null {
  const href = node.marks?.find(({ type }) => type === 'link')?.attrs?.['href'];
  return typeof href === 'string' && href !== '' ? href : null;
}
