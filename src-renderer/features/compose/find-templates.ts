import type { Template } from '#shared/protocol/template.ts';

/** Templates whose title, shortcut or text has all words of `query`; by title, best first. */
export function findTemplates(templates: readonly Template[], query: string): Template[] {
  const words = query.toLocaleLowerCase().split(/\s+/u).filter(Boolean);
  return templates
    .filter(({ title, shortcut, text }) => {
      const all = `${title} ${shortcut} ${text}`.toLocaleLowerCase();
      return words.every((word) => all.includes(word));
    })
    .toSorted((a, b) => rank(a, words) - rank(b, words) || a.title.localeCompare(b.title));
}

function rank({ title, shortcut }: Template, words: readonly string[]): number {
  const name = `${title} ${shortcut}`.toLocaleLowerCase();
  return words.every((word) => name.includes(word)) ? 0 : 1;
}

/** What `::` offers: shortcuts that begin with the query, then titles that have it; one's own language first. */
export function findSnippets(templates: readonly Template[], query: string, language: string): Template[] {
  const wanted = query.toLocaleLowerCase();
  const place = ({ shortcut, title }: Template): number => {
    if (shortcut !== '' && shortcut.toLocaleLowerCase().startsWith(wanted)) return 0;
    return wanted !== '' && title.toLocaleLowerCase().includes(wanted) ? 1 : 2;
  };
  const foreign = (template: Template): number => (template.language === language ? 0 : 1);
  return templates
    .filter((template) => place(template) < 2)
    .toSorted(
      (a, b) => place(a) - place(b) || foreign(a) - foreign(b) || a.shortcut.localeCompare(b.shortcut) || 0,
    );
}
