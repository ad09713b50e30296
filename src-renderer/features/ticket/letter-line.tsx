import { useTranslation } from 'react-i18next';
import type { Draft } from '#shared/bridge/draft.ts';
import type { LetterContent } from '#shared/mail/letter-content.ts';
import { formatMoment } from '#shared/text/format-moment.ts';
import type { Letter } from '#shared/ticket/letter.ts';
import { Icon } from '../../ui/icon.tsx';
import { letterWords } from './letter-words.ts';

/** An older letter of a long conversation: who, first words, when. */
export function LetterLine({
  letter,
  content,
  sent,
  who,
  onOpen,
}: {
  readonly letter: Letter;
  readonly content: LetterContent | null;
  readonly sent: Draft | null;
  readonly who: string;
  readonly onOpen: () => void;
}) {
  const { t } = useTranslation();
  const files = content?.attachments.length ?? sent?.attachments.length ?? 0;
  return (
    <button type="button" className="letter-line" aria-expanded={false} onClick={onOpen}>
      <strong>
        {letter.kind === 'bounce' && <Icon name="alert" size={14} />} {who}
      </strong>
      <span className="letter-words">{letterWords(content, sent) ?? t('letter.noText')}</span>
      {files > 0 && <Icon name="attach" size={14} />}
      <time>{formatMoment(letter.receivedAt)}</time>
    </button>
  );
}
