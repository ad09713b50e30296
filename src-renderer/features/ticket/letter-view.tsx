import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Draft } from '#shared/bridge/draft.ts';
import type { LetterContent } from '#shared/mail/letter-content.ts';
import { formatMoment } from '#shared/text/format-moment.ts';
import type { Letter } from '#shared/ticket/letter.ts';
import { letterText } from '#shared/mail/letter-text.ts';
import { useDesk } from '../../state/desk-context.ts';
import { addressWords } from '../../ui/address-text.tsx';
import { AttachmentList } from './attachment-list.tsx';
import { BouncedRecipients } from './bounces/bounced-recipients.tsx';
import { AttachmentNames } from './attachment-names.tsx';
import { LetterFrame } from './letter-frame.tsx';
import { LetterHead } from './letter-head.tsx';
import { LetterLine } from './letter-line.tsx';
import { LetterText } from './letter-text.tsx';
import { MissingLetter } from './missing-letter.tsx';
import { useOpenLink } from './use-open-link.ts';
import { usePictures } from './use-pictures.ts';

/** One letter of a conversation, the client's or ours: open, or as one line. */
export function LetterView({
  letter,
  content,
  sent,
  isOpen,
  onOpen,
  onForward,
  onSplit,
}: {
  readonly letter: Letter;
  readonly content: LetterContent | null;
  /** What this desk sent, to be shown until the copy from the Sent folder is here. */
  readonly sent: Draft | null;
  readonly isOpen: boolean;
  /** Opens or folds it; null where it always stands open. */
  readonly onOpen: ((isOpen: boolean) => void) | null;
  /** Null for whoever may not pass it on. */
  readonly onForward: (() => void) | null;
  /** Null where it cannot become a ticket of its own. */
  readonly onSplit: (() => void) | null;
}) {
  const { t } = useTranslation();
  const { agents } = useDesk();
  const openLink = useOpenLink();
  const [asText, setAsText] = useState(false);
  const at = formatMoment(letter.receivedAt);
  const author = letter.agentId === null ? null : (agents.get(letter.agentId)?.name ?? null);
  const title =
    letter.kind === 'bounce'
      ? t('bounce.report', { at })
      : letter.direction === 'in'
        ? t('letter.fromClient', { at })
        : t('letter.fromUs', { at });
  const who = letter.direction === 'out' && author !== null ? author : addressWords(letter.from);
  // What this service wrote has a text of the very same words: its quotes can be folded, and nothing is framed.
  const isFramed = letter.agentId === null && (content?.parts.some(({ kind }) => kind === 'html') ?? false);
  return (
    <article
      className="letter"
      data-direction={letter.direction}
      data-kind={letter.kind}
      data-letter-id={letter.id}
      aria-label={title}
    >
      {isOpen ? (
        <>
          <LetterHead
            letter={letter}
            who={who}
            asText={asText}
            onAsText={isFramed ? setAsText : null}
            onFold={onOpen && (() => onOpen(false))}
            onForward={onForward}
            onSplit={onSplit}
          />
          {letter.bounce !== null && <BouncedRecipients recipients={letter.bounce.recipients} />}
          {content !== null && (
            <LetterBody letter={letter} content={content} asText={asText || !isFramed} onOpen={openLink} />
          )}
          {content === null && sent !== null && (
            <>
              <LetterText text={sent.text} onOpen={openLink} />
              <AttachmentNames attachments={sent.attachments} />
            </>
          )}
          {content === null && sent === null && <MissingLetter letter={letter} partly={false} />}
        </>
      ) : (
        <LetterLine letter={letter} content={content} sent={sent} who={who} onOpen={() => onOpen?.(true)} />
      )}
    </article>
  );
}

function LetterBody({
  letter,
  content,
  asText,
  onOpen,
}: {
  readonly letter: Letter;
  readonly content: LetterContent;
  readonly asText: boolean;
  readonly onOpen: (url: string) => void;
}) {
  const { t } = useTranslation();
  const pictures = usePictures(content, letter.locations);
  const parts: LetterContent['parts'] = asText
    ? [{ kind: 'text', text: letterText(content) }]
    : content.parts;
  const empty = parts.every((part) => (part.kind === 'text' ? part.text : part.html).trim() === '');
  return (
    <>
      {parts.map((part, index) => {
        const key = `${content.id}/${index}`;
        return part.kind === 'text' ? (
          <LetterText key={key} text={part.text} onOpen={onOpen} />
        ) : (
          <LetterFrame
            key={key}
            html={part.html}
            plainText={letterText(content)}
            pictures={pictures}
            onOpen={onOpen}
          />
        );
      })}
      {content.complete && empty && <p className="quiet">{t('letter.empty')}</p>}
      {!content.complete && <MissingLetter letter={letter} partly />}
      {content.attachments.length > 0 && (
        <AttachmentList
          letterId={content.id}
          locations={letter.locations}
          attachments={content.attachments}
        />
      )}
    </>
  );
}
