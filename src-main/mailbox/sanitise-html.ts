import { decideAttribute, sanitiseConfig } from '#shared/mail/sanitise-config.ts';

/** Cleans one HTML document for showing. */
export type SanitiseHtml = (html: string) => string;

/**
 * Loads DOMPurify over jsdom with the rules that the desk's windows use. jsdom takes half a second to load, so it is
 * loaded only where a letter has HTML.
 */
export async function loadSanitiser(): Promise<SanitiseHtml> {
  const [{ JSDOM }, { default: createDomPurify }] = await Promise.all([import('jsdom'), import('dompurify')]);
  const purify = createDomPurify(new JSDOM('').window);
  purify.addHook('uponSanitizeAttribute', (node, data) => {
    const decision = decideAttribute(node.nodeName.toLowerCase(), data.attrName, data.attrValue);
    if (decision.action === 'drop') data.keepAttr = false;
    if (decision.action === 'replace') data.attrValue = decision.value;
  });
  return (html) => purify.sanitize(html, sanitiseConfig);
}
