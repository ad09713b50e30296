/*
 * What of a letter's HTML may be shown. Plain data and pure rules: the desk (DOMPurify in the renderer) and
 * mail:inspect (DOMPurify over jsdom) must show the same.
 *
 * Nothing that runs, submits, navigates by itself or loads from elsewhere is left. The frame's CSP and the session
 * block remote loads once more; here they go so that the letter never even asks.
 */

const textTags =
  'a abbr address b bdi bdo big blockquote br caption center cite code col colgroup dd del details dfn div dl dt em ' +
  'figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark nav ol p pre q s samp section ' +
  'small span strike strong sub summary sup table tbody td tfoot th thead time tr tt u ul var wbr';

const plainAttributes =
  'align alt bgcolor border cellpadding cellspacing cite class color colspan datetime dir face height href hspace ' +
  'lang name nowrap reversed rowspan scope size span src start style summary title type valign vspace width';

/** Configuration for `DOMPurify.sanitize`; pass with {@link decideAttribute} as `uponSanitizeAttribute` hook. */
export const sanitiseConfig = {
  ALLOWED_TAGS: textTags.split(' '),
  ALLOWED_ATTR: plainAttributes.split(' '),
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: false,
  ALLOW_UNKNOWN_PROTOCOLS: false,
  // DOMPurify tries this on every attribute's value, so it must let numbers and words pass; which addresses may
  // stand where is decideAttribute's word.
  ALLOWED_URI_REGEXP: /^(?:(?:https?|mailto|tel|cid|data):|[^a-z]|[a-z+.-]+(?:[^a-z+.\-:]|$))/i,
  FORBID_TAGS: [
    'style',
    'script',
    'form',
    'input',
    'button',
    'textarea',
    'select',
    'option',
    'svg',
    'math',
    'base',
    'meta',
    'link',
    'iframe',
    'object',
    'embed',
    'template',
    'audio',
    'video',
  ],
  FORBID_CONTENTS: [
    'style',
    'script',
    'title',
    'head',
    'svg',
    'math',
    'iframe',
    'object',
    'template',
    'textarea',
    'select',
    'noscript',
  ],
  KEEP_CONTENT: true,
  SANITIZE_NAMED_PROPS: true,
  WHOLE_DOCUMENT: false,
};

/** What becomes of one attribute: kept as it is, dropped, or kept with another value. */
export type AttributeDecision =
  | { readonly action: 'keep' }
  | { readonly action: 'drop' }
  | { readonly action: 'replace'; readonly value: string };

const keep = { action: 'keep' } as const;
const drop = { action: 'drop' } as const;

const embeddedImage = /^data:image\/(?:png|jpe?g|gif|webp|bmp);base64,/iu;

/** The scheme of a link or source; browsers skip white space and control characters inside it. */
function schemeOf(value: string): string {
  const text = value.replaceAll(/[\s\p{Cc}]+/gu, '').toLowerCase();
  return /^([a-z][a-z0-9+.-]*):/u.exec(text)?.[1] ?? '';
}

/**
 * Decides over one attribute of an allowed element; names in lower case.
 *
 * Images show only what came with the letter (`cid:`) or lies in the attribute itself (`data:`); a remote one keeps
 * its alternative text. Links go to the web, mail and phones. Inline styles keep harmless properties.
 */
export function decideAttribute(tag: string, attribute: string, value: string): AttributeDecision {
  if (attribute === 'src') {
    const shown = schemeOf(value) === 'cid' || embeddedImage.test(value.trim());
    return tag === 'img' && shown ? keep : drop;
  }
  if (attribute === 'href') {
    return tag === 'a' && ['http', 'https', 'mailto', 'tel'].includes(schemeOf(value)) ? keep : drop;
  }
  if (attribute === 'cite' || attribute === 'background') return drop;
  if (attribute === 'style') {
    const safe = safeStyle(value);
    return safe === '' ? drop : { action: 'replace', value: safe };
  }
  return keep;
}

const safeProperties =
  /^(?:color|background|background-color|font|font-(?:family|size|style|weight|variant)|line-height|letter-spacing|text-(?:align|decoration|indent|transform)|vertical-align|white-space|word-(?:break|wrap)|overflow-wrap|direction|(?:margin|padding)(?:-(?:top|right|bottom|left))?|border(?:-(?:top|right|bottom|left))?(?:-(?:color|style|width))?|border-(?:collapse|spacing|radius)|(?:min-|max-)?(?:width|height)|list-style(?:-type)?|table-layout|display|float|clear)$/u;

/** The declarations of a style attribute that neither load, move over other content nor run; functions other than colours go. */
function safeStyle(style: string): string {
  return style
    .replaceAll(/\/\*.*?\*\//gsu, '')
    .slice(0, 4_000)
    .split(';')
    .map((declaration) => declaration.trim())
    .filter((declaration) => {
      const colon = declaration.indexOf(':');
      const property = declaration.slice(0, Math.max(colon, 0)).trim().toLowerCase();
      const value = declaration.slice(colon + 1).replaceAll(/\b(?:rgba?|hsla?)\([\d\s.,%/]*\)/giu, '');
      return safeProperties.test(property) && !/[\\(@<>]|expression|javascript/iu.test(value);
    })
    .join('; ');
}
