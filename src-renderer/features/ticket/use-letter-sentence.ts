import { useTranslation } from 'react-i18next';
import type { Letter } from '#shared/ticket/letter.ts';
import { useDesk } from '../../state/desk-context.ts';
import { addressWords } from '../../ui/address-text.tsx';

/** Says in a sentence what letter came or went, and whose it was. */
export function useLetterSentence(): (letter: Letter) => string {
  const { t } = useTranslation();
  const { agents } = useDesk();
  return ({ direction, kind, from, agentId, answerKind, to, cc }) => {
    if (direction === 'in') {
      return t('activity.sentence', { who: addressWords(from), what: t('activity.clientLetter') });
    }
    const program = t(kind === 'auto-reply' ? 'activity.service' : 'activity.program');
    const who = agentId === null ? program : (agents.get(agentId)?.name ?? t('activity.someone'));
    if (answerKind !== null) {
      const what = t('activity.answer', { kind: t(`answerKind.${answerKind}`) });
      return t('activity.sentence', { who, what });
    }
    const addresses = [...to, ...cc].map(addressWords).join(', ');
    const what = agentId === null ? t('activity.ownLetter') : t('activity.did.forwarded', { addresses });
    return t('activity.sentence', { who, what });
  };
}
