import type { ImapFlow, MessageStructureObject } from 'imapflow';
import type { ServerFacts } from '#shared/mail/identity.ts';
import type { LetterContent } from '#shared/mail/letter-content.ts';
import type { ParsedLetter } from '#shared/mail/parsed-letter.ts';
import { letterContent } from './letter-json.ts';
import { mailLimits } from './mail-limits.ts';
import { parseLetter } from './parse/parse-letter.ts';

/** A letter over the size limit as far as it was fetched. */
export interface LargeLetter {
  /** The letter with its attachments, and without `withText` also its texts, cut out. */
  readonly bytes: Uint8Array;
  readonly facts: ServerFacts;
  /** What BODYSTRUCTURE says of the size of each part, after transfer decoding, by part number. */
  readonly sizes: ReadonlyMap<string, number>;
}

/**
 * Fetches a large letter's header, structure and, if wanted, its texts, and puts them together to a letter again that
 * the ordinary parser reads. Null where the server does not deliver it.
 */
export async function fetchLargeLetter(
  client: ImapFlow,
  uid: number,
  withText: boolean,
): Promise<LargeLetter | null> {
  const query = { headers: true, bodyStructure: true, size: true, internalDate: true };
  const row = await client.fetchOne(`${uid}`, query, { uid: true });
  // imapflow tells of NIL by `false`, whatever its types say.
  if (row === false || !Buffer.isBuffer(row.headers)) return null;
  const facts = {
    internalDateAt: row.internalDate instanceof Date ? row.internalDate.getTime() : 0,
    size: row.size ?? 0,
  };
  const sizes = new Map<string, number>();
  if (row.bodyStructure === undefined) return { bytes: row.headers, facts, sizes };
  const leaves = leavesOf(row.bodyStructure);
  for (const leaf of leaves) sizes.set(leaf.part ?? '1', decodedSize(leaf));
  const wanted = [
    ...nodesOf(row.bodyStructure).flatMap(({ part }) =>
      part === undefined ? [] : [{ key: `${part}.MIME` }],
    ),
    ...leaves.flatMap((leaf) =>
      withText && isText(leaf) ? [{ key: leaf.part ?? '1', maxLength: mailLimits.textPartBytes }] : [],
    ),
  ];
  const sections = new Map<string, Buffer>();
  if (wanted.length > 0) {
    const parts = await client.fetchOne(`${uid}`, { bodyParts: wanted }, { uid: true });
    for (const [key, bytes] of (parts === false ? null : parts.bodyParts) ?? []) {
      if (Buffer.isBuffer(bytes)) sections.set(key.toUpperCase(), bytes);
    }
  }
  return { bytes: Buffer.concat(assemble(row.bodyStructure, row.headers, sections)), facts, sizes };
}

/** Parses it; sizes of attachments are the structure's, because their bytes are not here. */
export function parseLargeLetter(letter: LargeLetter): ParsedLetter {
  const parsed = parseLetter(letter.bytes, letter.facts);
  return {
    ...parsed,
    attachments: parsed.attachments.map((attachment) => ({
      ...attachment,
      size: letter.sizes.get(attachment.partId) ?? attachment.size,
    })),
  };
}

/** What is shown of it; `complete` once its texts were fetched. */
export function largeLetterContent(letter: LargeLetter, complete: boolean): LetterContent {
  return letterContent(parseLargeLetter(letter), letter.facts, complete);
}

/** RFC 2046 §5.1.1: header, then each part between boundary lines. Parts that were not fetched are empty. */
function assemble(
  node: MessageStructureObject,
  header: Buffer,
  sections: ReadonlyMap<string, Buffer>,
): Buffer[] {
  const boundary = node.parameters?.['boundary'];
  if (isLeaf(node) || boundary === undefined) {
    return [header, sections.get(node.part ?? '1') ?? Buffer.alloc(0), Buffer.from('\r\n')];
  }
  return [
    header,
    ...(node.childNodes ?? []).flatMap((child) => [
      Buffer.from(`--${boundary}\r\n`),
      ...assemble(child, sections.get(`${child.part}.MIME`) ?? Buffer.from('\r\n'), sections),
    ]),
    Buffer.from(`--${boundary}--\r\n`),
  ];
}

/** A letter inside the letter is one attachment, whatever it holds. */
function isLeaf(node: MessageStructureObject): boolean {
  return !node.type.startsWith('multipart/');
}

/** All parts below the top one, which has no header but the letter's. */
function nodesOf(root: MessageStructureObject): MessageStructureObject[] {
  if (isLeaf(root)) return [];
  return (root.childNodes ?? []).flatMap((child) => [child, ...nodesOf(child)]);
}

function leavesOf(node: MessageStructureObject): MessageStructureObject[] {
  return isLeaf(node) ? [node] : (node.childNodes ?? []).flatMap((child) => leavesOf(child));
}

function isText({ type, disposition }: MessageStructureObject): boolean {
  return (type === 'text/plain' || type === 'text/html') && disposition !== 'attachment';
}

/** Base64 writes 57 bytes as a line of 78; other encodings hardly grow. */
function decodedSize({ size = 0, encoding = '' }: MessageStructureObject): number {
  return encoding.toLowerCase() === 'base64' ? Math.floor((size * 57) / 78) : size;
}
