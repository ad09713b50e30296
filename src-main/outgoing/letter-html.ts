import { Parser } from 'htmlparser2';
import { decideAttribute } from '#shared/mail/sanitise-config.ts';

/**
 * What a letter's HTML may be made of, with the look of each element written into it: mail programs drop style sheets.
 * A paragraph is a line, as in the text alternative.
 */
const looks: Readonly<Record<string, string>> = {
  p: 'margin:0',
  div: '',
  br: '',
  strong: '',
  b: '',
  em: '',
  i: '',
  u: '',
  s: '',
  a: '',
  ul: 'margin:0 0 0 1.5em;padding:0',
  ol: 'margin:0 0 0 1.5em;padding:0',
  li: '',
  blockquote: 'margin:0;padding:0 0 0 0.8em;border-left:2px solid #b8bec6;color:#444b54',
};

/** Elements whose content is no text either. */
const silent = new Set(['script', 'style', 'template', 'iframe', 'object', 'svg', 'math', 'title', 'head']);
const empty = new Set(['br']);

/**
 * The HTML alternative of a letter: a small document that asks nobody for anything.
 *
 * Written anew from what the editor says, element by element: only elements of the list above survive, of attributes
 * only links and the start of a numbered list, links by the rules by which letters are shown
 * (`mail/sanitise-config.ts`). DOMPurify is not asked, because it needs a DOM, which the main process has not; what is
 * written here has no other element or attribute that it could take away.
 */
export function letterHtml(html: string): string {
  const out: string[] = [];
  /** Elements that are open in `html`; null for those that are not written. */
  const open: (string | null)[] = [];
  let mute = 0;
  let isEmptyLine = false;
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        if (silent.has(name)) mute += 1;
        const look = mute > 0 ? undefined : looks[name];
        if (look === undefined) {
          open.push(null);
          return;
        }
        out.push(`<${name}${attributesOf(name, attributes)}${look === '' ? '' : ` style="${look}"`}>`);
        open.push(name);
        isEmptyLine = name === 'p';
      },
      ontext(text) {
        if (mute > 0) return;
        out.push(escapeText(text));
        isEmptyLine = false;
      },
      onclosetag(name) {
        if (silent.has(name)) mute = Math.max(0, mute - 1);
        const written = open.pop();
        if (written === undefined || written === null || empty.has(written)) return;
        // A paragraph without content has no height.
        out.push(isEmptyLine && written === 'p' ? `<br></${written}>` : `</${written}>`);
        isEmptyLine = false;
      },
    },
    { decodeEntities: true, recognizeSelfClosing: false },
  );
  parser.end(html);
  return [
    '<!DOCTYPE html>',
    '<html><head><meta charset="utf-8"></head>',
    '<body style="font-family:system-ui,-apple-system,\'Segoe UI\',Roboto,Arial,sans-serif;font-size:14px;line-height:1.45">',
    out.join(''),
    '</body></html>',
    '',
  ].join('\n');
}

function attributesOf(tag: string, attributes: Readonly<Record<string, string>>): string {
  const { href, start } = attributes;
  if (tag === 'a' && href !== undefined && decideAttribute('a', 'href', href).action === 'keep') {
    return ` href="${escapeText(href)}"`;
  }
  return tag === 'ol' && start !== undefined && /^\d{1,6}$/u.test(start) ? ` start="${start}"` : '';
}

function escapeText(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
