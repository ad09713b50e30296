/** What the desk hands to other programs: kinds that show, and run nothing by themselves. */
interface FileKind {
  readonly extensions: readonly string[];
  readonly fits: (bytes: Uint8Array) => boolean;
}

const kinds: readonly FileKind[] = [
  // Readers look for the mark within the first kilobyte (PDF 1.7, appendix H, note 13).
  { extensions: ['pdf'], fits: (bytes) => latin(bytes.subarray(0, 1024)).includes('%PDF-') },
  { extensions: ['png'], fits: (bytes) => startsWith(bytes, '\x89PNG\r\n\x1a\n') },
  { extensions: ['jpg', 'jpeg', 'jpe'], fits: (bytes) => startsWith(bytes, '\xff\xd8\xff') },
  { extensions: ['gif'], fits: (bytes) => startsWith(bytes, 'GIF87a') || startsWith(bytes, 'GIF89a') },
  { extensions: ['bmp'], fits: (bytes) => startsWith(bytes, 'BM') },
  {
    extensions: ['webp'],
    fits: (bytes) => startsWith(bytes, 'RIFF') && latin(bytes.subarray(8, 12)) === 'WEBP',
  },
  {
    extensions: ['tif', 'tiff'],
    fits: (bytes) => startsWith(bytes, 'II*\0') || startsWith(bytes, 'MM\0*'),
  },
  { extensions: ['heic'], fits: (bytes) => latin(bytes.subarray(4, 8)) === 'ftyp' },
  { extensions: ['docx'], fits: (bytes) => isOfficeDocument(bytes, 'word/') },
  { extensions: ['xlsx'], fits: (bytes) => isOfficeDocument(bytes, 'xl/') },
  { extensions: ['pptx'], fits: (bytes) => isOfficeDocument(bytes, 'ppt/') },
  { extensions: ['odt'], fits: (bytes) => isOpenDocument(bytes, 'text') },
  { extensions: ['ods'], fits: (bytes) => isOpenDocument(bytes, 'spreadsheet') },
  { extensions: ['odp'], fits: (bytes) => isOpenDocument(bytes, 'presentation') },
  { extensions: ['rtf'], fits: (bytes) => startsWith(bytes, '{\\rtf') && !hasObject(bytes) },
  // No tables of text: a spreadsheet would take what stands in them for formulas.
  { extensions: ['txt', 'log'], fits: isText },
];

/**
 * Whether a file may be opened: its ending is of a kind that runs nothing, and its content is of the same kind.
 *
 * Archives are not among them, nor anything with macros: the agent saves those, and decides outside of the desk.
 */
export function mayBeOpened(extension: string, bytes: Uint8Array): boolean {
  const wanted = extension.toLowerCase();
  return kinds.some(({ extensions, fits }) => extensions.includes(wanted) && fits(bytes));
}

function latin(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}

function startsWith(bytes: Uint8Array, mark: string): boolean {
  return latin(bytes.subarray(0, mark.length)) === mark;
}

/** A ZIP with the parts of an OOXML document and none that holds macros or foreign programs (ECMA-376 part 2). */
function isOfficeDocument(bytes: Uint8Array, folder: string): boolean {
  const names = zipNames(bytes);
  if (names === null || !names.includes('[content_types].xml')) return false;
  if (!names.some((name) => name.startsWith(folder))) return false;
  return !names.some((name) => /vbaproject|\/macrosheets\/|\/activex\/|\/embeddings\//u.test(name));
}

/** A ZIP that begins with its type (OpenDocument 1.3 part 2, §3.3) and holds no macros or foreign objects. */
function isOpenDocument(bytes: Uint8Array, type: string): boolean {
  const names = zipNames(bytes);
  if (names === null) return false;
  const mark = `mimetypeapplication/vnd.oasis.opendocument.${type}`;
  if (!latin(bytes.subarray(30, 200)).startsWith(mark)) return false;
  return !names.some((name) => /^(?:basic|scripts|objects?[ /])/u.test(name));
}

/** RTF carries whole files in `\object`; old readers ran them. */
function hasObject(bytes: Uint8Array): boolean {
  return /\\obj(?:ect|data|autlink|emb|ocx)/iu.test(latin(bytes));
}

const longestText = 1_000_000;

/** No control characters but those of text; UTF-16 with its mark counts as text too. */
function isText(bytes: Uint8Array): boolean {
  const head = bytes.subarray(0, longestText);
  if (startsWith(head, '\xff\xfe') || startsWith(head, '\xfe\xff')) return true;
  return head.every(
    (byte) => byte >= 32 || byte === 9 || byte === 10 || byte === 12 || byte === 13 || byte === 0x1b,
  );
}

const endOfDirectory = 0x06054b50;
const directoryEntry = 0x02014b50;

/**
 * The names in a ZIP file's directory, in lower case; null when it is no ZIP that programs agree on.
 *
 * Reads the directory alone (APPNOTE.TXT 4.3.12, 4.3.16), the part that office programs go by.
 */
function zipNames(bytes: Uint8Array): readonly string[] | null {
  if (!startsWith(bytes, 'PK\x03\x04')) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let end = bytes.length - 22;
  const earliest = Math.max(0, end - 0xffff);
  while (end >= earliest && view.getUint32(end, true) !== endOfDirectory) end -= 1;
  if (end < earliest) return null;
  // Its comment ends the file; else another reader may find another end, and another directory.
  if (end + 22 + view.getUint16(end + 20, true) !== bytes.length) return null;
  const names: string[] = [];
  let at = view.getUint32(end + 16, true);
  for (let left = view.getUint16(end + 10, true); left > 0; left -= 1) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== directoryEntry) return null;
    const nameLength = view.getUint16(at + 28, true);
    const name = latin(bytes.subarray(at + 46, at + 46 + nameLength));
    names.push(name.toLowerCase().replaceAll('\\', '/'));
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return names;
}
