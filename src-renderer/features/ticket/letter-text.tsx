import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../ui/icon.tsx';
import { LinkedText } from '../../ui/linked-text.tsx';
import { foldQuotes } from './fold-quotes.ts';

/** A text part as its sender wrote it; quotes and signature unfold on demand. */
export function LetterText({
  text,
  onOpen,
}: {
  readonly text: string;
  readonly onOpen: (url: string) => void;
}) {
  return (
    <div className="letter-text">
      {foldQuotes(text).map((segment) =>
        segment.folded ? (
          <FoldedText key={segment.line} text={segment.text} onOpen={onOpen} />
        ) : (
          <div key={segment.line}>
            <LinkedText text={segment.text} onOpen={onOpen} />
          </div>
        ),
      )}
    </div>
  );
}

function FoldedText({ text, onOpen }: { readonly text: string; readonly onOpen: (url: string) => void }) {
  const { t } = useTranslation();
  const [unfolded, setUnfolded] = useState(false);
  return (
    <div className="letter-quote">
      <button
        type="button"
        className="quiet-button"
        aria-expanded={unfolded}
        onClick={() => setUnfolded(!unfolded)}
      >
        <Icon name="more" size={14} />
        {unfolded ? t('letter.hideQuote') : t('letter.showQuote')}
      </button>
      {unfolded && (
        <div className="letter-quoted">
          <LinkedText text={text} onOpen={onOpen} />
        </div>
      )}
    </div>
  );
}
