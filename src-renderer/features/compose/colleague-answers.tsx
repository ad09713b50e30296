import { useTranslation } from 'react-i18next';
import type { TicketId } from '#shared/ids.ts';
import { useColleagueWords } from '../../state/presence.ts';
import { Icon } from '../../ui/icon.tsx';

/** Says, without haste and without holding anything up, that a colleague writes an answer to the same ticket. */
export function ColleagueAnswers({ ticketId }: { readonly ticketId: TicketId }) {
  const { t } = useTranslation();
  const names = useColleagueWords(ticketId)?.answering ?? '';
  // The region stands before its words do: only then are they read out.
  return (
    <output className="composer-colleagues">
      {names !== '' && (
        <>
          <Icon name="edit" size={14} />
          <span>{t('presence.alsoAnswering', { names })}</span>
        </>
      )}
    </output>
  );
}
