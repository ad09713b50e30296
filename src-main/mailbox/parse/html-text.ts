import { compile } from 'html-to-text';

/** Past this much HTML only the start is read as text; the document itself stays whole. */
const maxHtmlLength = 2_000_000;

const convert = compile({
  wordwrap: false,
  preserveNewlines: false,
  limits: { maxInputLength: maxHtmlLength, maxDepth: 200, ellipsis: '…' },
  formatters: {
    // Mail is laid out in tables: cells are words side by side, not columns.
    cell: (element, walk, builder) => {
      walk(element.children, builder);
      builder.addInline(' ');
    },
  },
  selectors: [
    { selector: 'a', options: { hideLinkHrefIfSameAsText: true, ignoreHref: false, noAnchorUrl: true } },
    { selector: 'img', format: 'skip' },
    { selector: 'style', format: 'skip' },
    { selector: 'script', format: 'skip' },
    { selector: 'title', format: 'skip' },
    { selector: 'h1', options: { uppercase: false } },
    { selector: 'h2', options: { uppercase: false } },
    { selector: 'h3', options: { uppercase: false } },
    { selector: 'h4', options: { uppercase: false } },
    { selector: 'h5', options: { uppercase: false } },
    { selector: 'h6', options: { uppercase: false } },
    { selector: 'table', format: 'block' },
    { selector: 'tr', format: 'block', options: { leadingLineBreaks: 1, trailingLineBreaks: 1 } },
    { selector: 'td', format: 'cell' },
    { selector: 'th', format: 'cell' },
    { selector: 'p', options: { leadingLineBreaks: 1, trailingLineBreaks: 1 } },
    {
      selector: 'blockquote',
      options: { leadingLineBreaks: 1, trailingLineBreaks: 1, trimEmptyLines: true },
    },
  ],
});

/** The text of an HTML document: quotes as `> `, links with their address, no images. Never throws. */
export function textOfHtml(html: string): string {
  try {
    return tidy(convert(html));
  } catch {
    // Nesting that overflows the converter's recursion: tags go, the words stay.
    return html
      .slice(0, maxHtmlLength)
      .replaceAll(/<[^<>]*>/gu, ' ')
      .replaceAll(/[ \t]+/gu, ' ');
  }
}

/** Mail programs space with no-break spaces and empty paragraphs; in text they are only gaps. */
function tidy(text: string): string {
  return text
    .replaceAll('\u00a0', ' ')
    .replaceAll(/(?<=\S|^)[ \t]+$/gmu, '')
    .replaceAll(/\n{3,}/gu, '\n\n');
}

/** Whether an HTML document shows nothing: no words and no picture. Long ones are taken to show something. */
export function isBlankHtml(html: string): boolean {
  if (html.length > 50_000 || /<(?:img|hr|object|video)\b/iu.test(html)) return false;
  const visible = html
    .replaceAll(/<(style|script|title)\b.*?<\/\1\s*>/gisu, '')
    .replaceAll(/<!--.*?-->/gsu, '')
    .replaceAll(/<[^<>]*>/gu, '')
    .replaceAll(/&(?:nbsp|#160|#xa0|zwnj|#8203);/giu, '');
  return visible.trim() === '';
}
