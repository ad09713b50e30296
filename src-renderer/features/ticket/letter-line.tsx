import { useTranslation } from 'react-i18next';
import type { Draft } from '#shared/bridge/draft.ts';
import type { LetterContent } from '#shared/mail/letter-content.ts';
import { letterReply, letterText } from '#shared/mail/letter-text.ts';
import { formatMoment } from '#shared/text/format-moment.ts';
import type { Letter } from '#shared/ticket/letter.ts';
import { Icon } from '../../ui/icon.tsx';

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
      <span className="letter-words">{firstWords(content, sent) ?? t('letter.noText')}</span>
      {files > 0 && <Icon name="attach" size={14} />}
      <time>{formatMoment(letter.receivedAt)}</time>
    </button>
  );
}

const shownWords = 160;

/** The beginning of what a letter says, on one line; null where its text is not here or is empty. */
function firstWords(content: LetterContent | null, sent: Draft | null): string | null {
  const own = content === null ? (sent?.text ?? '') : letterReply(content) || letterText(content);
  const line = own
    .slice(0, 4 * shownWords)
    .replaceAll(/\s+/gu, ' ')
    .trim();
  return line === '' ? null : line.slice(0, shownWords);
}
