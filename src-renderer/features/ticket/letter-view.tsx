import { useTranslation } from 'react-i18next';
import type { Draft } from '#shared/bridge/draft.ts';
import type { LetterContent } from '#shared/mail/letter-content.ts';
import { formatMoment } from '#shared/text/format-moment.ts';
import type { Letter } from '#shared/ticket/letter.ts';
import { letterText } from '#shared/mail/letter-text.ts';
import { useDesk } from '../../state/desk-context.ts';
import { AddressText, addressWords } from '../../ui/address-text.tsx';
import { Badge } from '../../ui/badge.tsx';
import { AttachmentList } from './attachment-list.tsx';
import { AttachmentNames } from './attachment-names.tsx';
import { LetterFrame } from './letter-frame.tsx';
import { LetterText } from './letter-text.tsx';
import { MissingLetter } from './missing-letter.tsx';
import { useOpenLink } from './use-open-link.ts';
import { usePictures } from './use-pictures.ts';

/** One letter of a conversation, the client's or ours. */
export function LetterView({
  letter,
  content,
  sent,
}: {
  readonly letter: Letter;
  readonly content: LetterContent | null;
  /** What this desk sent, to be shown until the copy from the Sent folder is here. */
  readonly sent: Draft | null;
}) {
  const { t } = useTranslation();
  const { agents } = useDesk();
  const openLink = useOpenLink();
  const at = formatMoment(letter.receivedAt);
  const author = letter.agentId === null ? null : (agents.get(letter.agentId)?.name ?? null);
  const title = letter.direction === 'in' ? t('letter.fromClient', { at }) : t('letter.fromUs', { at });
  return (
    <article className="letter" data-direction={letter.direction} aria-label={title}>
      <header className="letter-head">
        <div className="letter-from">
          <strong>
            {letter.direction === 'out' && author !== null ? author : addressWords(letter.from)}
          </strong>
          <time>{at}</time>
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
          {letter.direction === 'out' && letter.agentId === null && (
            <Badge icon="mail">{t('letter.outsideDesk')}</Badge>
          )}
          {letter.answerKind !== null && <Badge tone="accent">{t(`answerKind.${letter.answerKind}`)}</Badge>}
          {letter.kind !== 'human' && <Badge tone="warning">{t(`letter.kind.${letter.kind}`)}</Badge>}
        </div>
      </header>
      {content !== null && <LetterBody letter={letter} content={content} onOpen={openLink} />}
      {content === null && sent !== null && (
        <>
          <LetterText text={sent.text} onOpen={openLink} />
          <AttachmentNames attachments={sent.attachments} />
        </>
      )}
      {content === null && sent === null && <MissingLetter letter={letter} partly={false} />}
    </article>
  );
}

function LetterBody({
  letter,
  content,
  onOpen,
}: {
  readonly letter: Letter;
  readonly content: LetterContent;
  readonly onOpen: (url: string) => void;
}) {
  const { t } = useTranslation();
  const pictures = usePictures(content, letter.locations);
  const empty = content.parts.every((part) => (part.kind === 'text' ? part.text : part.html).trim() === '');
  return (
    <>
      {content.parts.map((part, index) => {
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
