import { findLinks } from './find-links.ts';

/** Plain text in which web addresses can be followed. */
export function LinkedText({
  text,
  onOpen,
}: {
  readonly text: string;
  readonly onOpen: (url: string) => void;
}) {
  return (
    <>
      {findLinks(text).map((piece) =>
        piece.url === null ? (
          piece.text
        ) : (
          <a
            key={piece.start}
            href={piece.url}
            onClick={(event) => {
              event.preventDefault();
              onOpen(piece.url);
            }}
          >
            {piece.text}
          </a>
        ),
      )}
    </>
  );
}
