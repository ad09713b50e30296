import DOMPurify from 'dompurify';
import { decideAttribute, sanitiseConfig } from '#shared/mail/sanitise-config.ts';

/** A letter's HTML part made harmless. */
export interface CleanHtml {
  /** A whole document for `srcdoc`. */
  readonly document: string;
  /** Pictures that would have been loaded from elsewhere, telling the sender that the letter is read. */
  readonly blockedImages: number;
  readonly links: readonly LetterLink[];
  /** Content ids of pictures that came with the letter and are not in `pictures` yet. */
  readonly wantedPictures: readonly string[];
}

/** A link of a letter: what it says, and where it really leads. */
export interface LetterLink {
  readonly text: string;
  readonly url: string;
}

/** The frame's own policy; beside it stand the sandbox, the page's policy and the session's block. */
const framePolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

// Letters are made for paper: they name dark letters without naming the page's colour, so that the page is white
// in the dark as well.
const frameStyle =
  'html{color-scheme:light;background:#fff;color:#1a1b1e}' +
  'body{margin:0;padding:10px 12px;font:14px/1.5 system-ui,"Segoe UI",Roboto,sans-serif;overflow-wrap:anywhere}' +
  'a[href]{color:#1c5fb0}' +
  'img{max-width:100%;height:auto}table{max-width:100%}pre{white-space:pre-wrap}' +
  'blockquote{margin:.5em 0;padding-left:.8em;border-left:3px solid #ced4da;color:#495057}';

/**
 * Sanitises one HTML part of a letter and wraps it into a document that neither runs nor loads anything.
 *
 * `pictures` maps content ids to `data:` URLs; a picture without one keeps its alternative text.
 */
export function cleanLetterHtml(html: string, pictures: ReadonlyMap<string, string>): CleanHtml {
  const purify = DOMPurify(window);
  let blockedImages = 0;
  const wantedPictures = new Set<string>();
  purify.addHook('uponSanitizeAttribute', (element, attribute) => {
    const tag = element.nodeName.toLowerCase();
    const decision = decideAttribute(tag, attribute.attrName, attribute.attrValue);
    switch (decision.action) {
      case 'keep':
        break;
      case 'drop':
        attribute.keepAttr = false;
        if (isRemotePicture(tag, attribute.attrName, attribute.attrValue)) blockedImages += 1;
        break;
      case 'replace':
        attribute.attrValue = decision.value;
        break;
    }
  });
  const content = purify.sanitize(html, { ...sanitiseConfig, RETURN_DOM_FRAGMENT: true });
  for (const image of content.querySelectorAll('img')) {
    const source = image.getAttribute('src') ?? '';
    if (!/^cid:/iu.test(source)) continue;
    const contentId = decodeContentId(source.slice(4));
    const picture = pictures.get(contentId);
    if (picture === undefined) {
      wantedPictures.add(contentId);
      image.removeAttribute('src');
    } else {
      image.setAttribute('src', picture);
    }
  }
  const links = [...content.querySelectorAll('a[href], area[href]')].map(takeLink);
  const body = document.createElement('template');
  body.content.append(content);
  return {
    document:
      `<!doctype html><html><head><meta charset="utf-8">` +
      `<meta http-equiv="Content-Security-Policy" content="${framePolicy}">` +
      `<style>${frameStyle}</style></head><body>${body.innerHTML}</body></html>`,
    blockedImages,
    links: distinct(links),
    wantedPictures: [...wantedPictures],
  };
}

/** Lets a link ask for a window, which the main process opens outside instead; followed here it would blank the frame. */
function takeLink(link: Element): LetterLink {
  const url = link.getAttribute('href') ?? '';
  link.setAttribute('target', '_blank');
  link.setAttribute('rel', 'noopener noreferrer');
  link.setAttribute('title', url);
  return { text: (link.textContent ?? '').trim(), url };
}

function isRemotePicture(tag: string, attribute: string, value: string): boolean {
  return (
    (attribute === 'background' || (attribute === 'src' && tag === 'img')) &&
    /^\s*(?:https?:)?\/\//iu.test(value)
  );
}

function decodeContentId(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A percent sign of its own: the id is meant as it stands (RFC 2392 has no such, mailers do).
    return text;
  }
}

function distinct(links: readonly LetterLink[]): LetterLink[] {
  const seen = new Map(links.map((link) => [`${link.url}\n${link.text}`, link]));
  return [...seen.values()];
}
