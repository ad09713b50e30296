import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../ui/icon.tsx';
import { frameHeight } from './frame-height.ts';
import { cleanLetterHtml, type LetterLink } from './letter-html.ts';
import { readableUrl } from './readable-url.ts';

/**
 * An HTML part in a frame without scripts and without an origin.
 *
 * All that it may do is ask for a window when a link is clicked: none opens, the main process hands the link to the
 * system instead. The letter's links are listed below as well, each with the place where it really leads.
 */
export function LetterFrame({
  html,
  plainText,
  pictures,
  onOpen,
}: {
  readonly html: string;
  /** The part's text, from which the height is guessed: the frame cannot be measured. */
  readonly plainText: string;
  readonly pictures: ReadonlyMap<string, string>;
  readonly onOpen: (url: string) => void;
}) {
  const { t } = useTranslation();
  const clean = useMemo(() => cleanLetterHtml(html, pictures), [html, pictures]);
  const isPainted = usePainted();
  return (
    <div className="letter-html">
      {clean.blockedImages > 0 && (
        <p className="letter-note">
          <Icon name="hidden" size={14} />
          {t('letter.blockedImages', { count: clean.blockedImages })}
        </p>
      )}
      {isPainted ? (
        <iframe
          className="letter-frame"
          title={t('letter.content')}
          sandbox="allow-popups"
          srcDoc={clean.document}
          referrerPolicy="no-referrer"
          style={{ height: frameHeight(plainText) }}
        />
      ) : (
        <div className="letter-frame" style={{ height: frameHeight(plainText) }} />
      )}
      {clean.links.length > 0 && <LetterLinks links={clean.links} onOpen={onOpen} />}
    </div>
  );
}

/**
 * True once what is around has been painted: a frame is a page of its own, and takes longer to be begun than the whole
 * ticket around it to be drawn.
 */
function usePainted(): boolean {
  const [isPainted, setIsPainted] = useState(false);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const frame = requestAnimationFrame(() => {
      timer = setTimeout(() => setIsPainted(true));
    });
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
    };
  }, []);
  return isPainted;
}

function LetterLinks({
  links,
  onOpen,
}: {
  readonly links: readonly LetterLink[];
  readonly onOpen: (url: string) => void;
}) {
  const { t } = useTranslation();
  const [unfolded, setUnfolded] = useState(false);
  return (
    <div className="letter-links">
      <button
        type="button"
        className="quiet-button"
        aria-expanded={unfolded}
        onClick={() => setUnfolded(!unfolded)}
      >
        <Icon name="link" size={14} />
        {t('letter.links', { count: links.length })}
      </button>
      {unfolded && (
        <ul>
          {links.map((link) => (
            <li key={`${link.url} ${link.text}`}>
              {link.text !== '' && link.text !== link.url && <span>{link.text}: </span>}
              <a
                href={link.url}
                onClick={(event) => {
                  event.preventDefault();
                  onOpen(link.url);
                }}
              >
                {readableUrl(link.url)}
              </a>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
