import type { ListResponse } from 'imapflow';

/** Names of the folder that servers without RFC 6154 use, in lower case: Russian, Belarusian, English. */
const knownNames = [
  'sent',
  'sent items',
  'sent messages',
  'sent mail',
  'отправленные',
  'отправленные письма',
  'исходящие',
  'адпраўленыя',
  'адпраўленыя лісты',
  'адасланыя',
];

/**
 * The path of the folder with sent letters, or null.
 *
 * What the admin wrote counts first, then RFC 6154 \Sent, then well-known names at the top level or right below
 * INBOX.
 */
export function findSentFolder(folders: readonly ListResponse[], configured: string | null): string | null {
  const usable = folders.filter(({ flags }) => !flags.has('\\Noselect') && !flags.has('\\NonExistent'));
  if (configured !== null) return usable.find(({ path }) => path === configured)?.path ?? null;
  const special = usable.find(
    ({ specialUse, specialUseSource }) => specialUse === '\\Sent' && specialUseSource === 'extension',
  );
  if (special !== undefined) return special.path;
  const named = usable
    .filter(({ parentPath }) => parentPath === '' || parentPath.toUpperCase() === 'INBOX')
    .map(({ path, name }) => ({ path, rank: knownNames.indexOf(name.trim().toLowerCase()) }))
    .filter(({ rank }) => rank !== -1)
    .sort((a, b) => a.rank - b.rank);
  return named[0]?.path ?? null;
}
