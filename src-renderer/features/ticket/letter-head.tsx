import { useTranslation } from 'react-i18next';
import { formatMoment } from '#shared/text/format-moment.ts';
import type { Letter } from '#shared/ticket/letter.ts';
import { AddressText } from '../../ui/address-text.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Icon } from '../../ui/icon.tsx';

/** Who wrote a letter to whom and when, what kind of letter it is, and what can be done with it. */
export function LetterHead({
  letter,
  who,
  asText,
  onAsText,
  onFold,
  onForward,
  onSplit,
}: {
  readonly letter: Letter;
  readonly who: string;
  readonly asText: boolean;
  /** Shows the letter as text, or as its sender made it; null where there is only text. */
  readonly onAsText: ((asText: boolean) => void) | null;
  /** Null where it always stands open. */
  readonly onFold: (() => void) | null;
  /** Null for whoever may not pass it on. */
  readonly onForward: (() => void) | null;
  /** Null where it cannot become a ticket of its own. */
  readonly onSplit: (() => void) | null;
}) {
  const { t } = useTranslation();
  const isOut = letter.direction === 'out';
  return (
    <header className="letter-head">
      <div className="letter-from">
        <strong>
          {letter.kind === 'bounce' && <Icon name="alert" size={14} />} {who}
        </strong>
        <span className="letter-tools">
          <time>{formatMoment(letter.receivedAt)}</time>
          {onAsText !== null && (
            <button
              type="button"
              className="icon-button"
              aria-label={t('letter.asText')}
              title={t('letter.asText')}
              aria-pressed={asText}
              onClick={() => onAsText(!asText)}
            >
              <Icon name="article" size={14} />
            </button>
          )}
          {onSplit !== null && (
            <button
              type="button"
              className="icon-button"
              aria-label={t('relation.split.this')}
              aria-haspopup="dialog"
              title={t('relation.split.this')}
              onClick={onSplit}
            >
              <Icon name="copy" size={14} />
            </button>
          )}
          {onForward !== null && (
            <button
              type="button"
              className="icon-button"
              aria-label={t('letter.forwardThis')}
              title={t('letter.forwardThis')}
              onClick={onForward}
            >
              <Icon name="forward" size={14} />
            </button>
          )}
          {onFold !== null && (
            <button
              type="button"
              className="icon-button letter-fold"
              aria-label={t('letter.collapse')}
              title={t('letter.collapse')}
              aria-expanded
              onClick={onFold}
            >
              <Icon name="chevron" size={14} />
            </button>
          )}
        </span>
      </div>
      <div className="letter-meta">
        {letter.to.length > 0 && (
          <span>
            {t('letter.to')} <AddressText addresses={letter.to} />
          </span>
        )}
        {letter.cc.length > 0 && (
          <span>
            {t('letter.cc')} <AddressText addresses={letter.cc} />
          </span>
        )}
        {isOut && letter.agentId === null && letter.kind === 'human' && (
          <Badge icon="mail">{t('letter.outsideDesk')}</Badge>
        )}
        {isOut && letter.agentId !== null && letter.answerKind === null && (
          <Badge icon="forward">{t('letter.forwarded')}</Badge>
        )}
        {letter.answerKind !== null && <Badge tone="accent">{t(`answerKind.${letter.answerKind}`)}</Badge>}
        {letter.kind !== 'human' && (
          <Badge tone={letter.kind === 'bounce' ? 'bad' : 'warning'}>{t(`letter.kind.${letter.kind}`)}</Badge>
        )}
      </div>
    </header>
  );
}
