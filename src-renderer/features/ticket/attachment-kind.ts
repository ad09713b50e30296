import type { LetterAttachment } from '#shared/mail/letter-content.ts';

/** What kind of file an attachment is, as far as its drawing and what can be done with it go. */
export type AttachmentKind = 'picture' | 'text' | 'document' | 'archive' | 'program' | 'other';

/** What an agent can do with an attachment besides saving it. */
export interface AttachmentUse {
  readonly kind: AttachmentKind;
  /** How it can be looked at inside the desk. */
  readonly preview: 'picture' | 'text' | null;
  /** Whether the main process may hand it to the system's program; it looks at the content as well. */
  readonly opens: boolean;
}

const largestPreview = { picture: 20_000_000, text: 5_000_000 } as const;

const pictures = new Set(['png', 'jpg', 'jpeg', 'jpe', 'gif', 'webp', 'bmp']);
const texts = new Set(['txt', 'log', 'csv']);
const documents = new Set(['pdf', 'docx', 'xlsx', 'pptx', 'odt', 'ods', 'odp', 'rtf', 'tif', 'tiff', 'heic']);
const opening: ReadonlySet<AttachmentKind> = new Set(['picture', 'text', 'document']);
const archives = new Set(['zip', 'rar', '7z', 'tar', 'gz', 'tgz', 'bz2', 'xz']);
/** Run when they are opened, or carry what runs: programs, scripts, shortcuts, disks, macros, pages, drawings. */
const programs = new Set(
  (
    'exe com scr pif msi msp msix appx bat cmd ps1 psm1 vbs vbe js jse mjs wsf wsh hta cpl dll sys reg inf lnk url ' +
    'scf jar jnlp py pl rb sh bash run bin appimage deb rpm desktop iso img vhd vhdx dmg pkg app apk ' +
    'docm dotm xlsm xltm xlam xll pptm ppam potm ppsm one chm html htm xhtml mht mhtml svg xml xsl swf application'
  ).split(' '),
);

/**
 * Judges by the last ending of the name, as the system would, and by the type only where there is no ending.
 *
 * Pictures without ending, as mail programs paste them, are pictures; everything else without a known ending is
 * `other` and can only be saved.
 */
export function attachmentUse({
  name,
  type,
  size,
}: Pick<LetterAttachment, 'name' | 'type' | 'size'>): AttachmentUse {
  const ending = /\.([\p{L}\p{N}]{1,12})[\s.\p{C}]*$/u.exec(name)?.[1]?.toLowerCase() ?? null;
  const kind = ending === null ? kindOfType(type.toLowerCase()) : kindOfEnding(ending);
  const preview = kind === 'picture' || kind === 'text' ? kind : null;
  return {
    kind,
    preview: preview !== null && size <= largestPreview[preview] ? preview : null,
    // Spreadsheets take what stands in a table of text for formulas.
    opens: ending !== null && ending !== 'csv' && opening.has(kind),
  };
}

function kindOfEnding(ending: string): AttachmentKind {
  if (pictures.has(ending)) return 'picture';
  if (texts.has(ending)) return 'text';
  if (documents.has(ending)) return 'document';
  if (archives.has(ending)) return 'archive';
  return programs.has(ending) ? 'program' : 'other';
}

function kindOfType(type: string): AttachmentKind {
  const [, picture] = /^image\/(png|jpeg|gif|webp|bmp)$/u.exec(type) ?? [];
  if (picture !== undefined) return 'picture';
  return type === 'text/plain' ? 'text' : 'other';
}
