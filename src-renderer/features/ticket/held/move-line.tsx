import { useTranslation } from 'react-i18next';
import { formatMoment } from '#shared/text/format-moment.ts';
import { letterWords } from '../letter-words.ts';
import { useActivityWords } from '../use-activity-words.ts';
import { entryPlace } from '../use-following.ts';
import { useLetterSentence } from '../use-letter-sentence.ts';
import type { HeldMove } from './held-moves.ts';

/** One thing that came while an answer waited: who, when, the first words, and the way to it in the conversation. */
export function MoveLine({ move }: { readonly move: HeldMove }) {
  const { t } = useTranslation();
  const letterSentence = useLetterSentence();
  const activityWords = useActivityWords();
  if (move.kind === 'activity') {
    return (
      <>
        {activityWords(move.activity)}{' '}
        <time className="quiet">{formatMoment(move.activity.operation.madeAt)}</time>
      </>
    );
  }
  const { letter } = move;
  return (
    <>
      <strong>{letterSentence(letter)}</strong>{' '}
      <time className="quiet">{formatMoment(letter.receivedAt)}</time>{' '}
      <button
        type="button"
        className="text-button"
        onClick={({ currentTarget }) =>
          currentTarget
            .closest('.conversation')
            ?.querySelector(entryPlace(letter.id))
            ?.scrollIntoView({ block: 'start' })
        }
      >
        {t('held.show')}
      </button>
      <br />
      <q>{letterWords(letter.content, null) ?? t('letter.noText')}</q>
    </>
  );
}
