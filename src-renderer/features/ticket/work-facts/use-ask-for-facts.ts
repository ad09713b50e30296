import { useTranslation } from 'react-i18next';
import type { Language } from '#shared/text/language.ts';
import type { TicketView } from '../../../cache/cache-views.ts';
import { useDesk } from '../../../state/desk-context.ts';
import { usePanels } from '../../../state/panels.ts';
import { categoryTitle } from '../activity-words.ts';
import { clientLanguage } from '../client-language.ts';
import { missingFacts, neededFacts } from './needed-facts.ts';

/**
 * Opens an answer that asks the client, in the client's language, for what the kind of work lacks; null where nothing
 * is missing.
 */
export function useAskForFacts({ ticket, letters }: TicketView): (() => void) | null {
  const { i18n } = useTranslation();
  const { rules } = useDesk();
  const answerWith = usePanels((panels) => panels.answerWith);
  const { category } = ticket;
  const missing = missingFacts(neededFacts(ticket, rules.current.categories));
  if (category === null || missing.length === 0) return null;
  return () => {
    const language = clientLanguage(letters);
    const ask = (asked: Language) =>
      i18n.getFixedT(asked)('facts.letter', {
        category: categoryTitle(category, { rules, language: asked }),
        facts: missing.map(({ label }) => `\u2013 ${label[asked]}`).join('\n'),
      });
    const said = { ru: ask('ru'), be: ask('be'), en: ask('en') };
    answerWith(ticket.id, { text: said[language], language, said, answerKind: 'clarification', to: null });
  };
}
