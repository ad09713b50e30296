import { readFile, stat } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { ParsedLetter } from '#shared/mail/parsed-letter.ts';
import { parseLetter } from './parse/parse-letter.ts';
import { loadSanitiser, type SanitiseHtml } from './sanitise-html.ts';

/*
 * npm run -s mail:inspect -- FILE...: what the desk makes of letters, one JSON line per file on stdout.
 *
 * Message-IDs keep their angle brackets; `date` is the sender's Date in ISO 8601 UTC or null; `html` is sanitised by
 * the desk's rules, null where the letter has none; `bounce` is null unless `kind` is bounce. A file that cannot be
 * read is one line on stderr and exit code 1; the others are printed all the same.
 */

let sanitiser: Promise<SanitiseHtml> | null = null;

async function inspectFile(file: string): Promise<string> {
  const [source, { mtimeMs }] = await Promise.all([readFile(file), stat(file)]);
  const letter = parseLetter(source, { internalDateAt: Math.trunc(mtimeMs), size: source.length });
  return JSON.stringify({ file, ...(await report(letter)) });
}

async function report(letter: ParsedLetter): Promise<object> {
  return {
    messageId: letter.messageId,
    inReplyTo: letter.inReplyTo,
    references: letter.references,
    from: letter.from,
    to: letter.to,
    cc: letter.cc,
    subject: letter.subject,
    date: letter.dateAt === null ? null : new Date(letter.dateAt).toISOString(),
    text: letter.text,
    html: letter.html === null ? null : await sanitise(letter.html),
    reply: letter.reply,
    attachments: letter.attachments.map(({ name, type, size }) => ({ name, type, size })),
    kind: letter.kind,
    bounce: letter.bounce === null ? null : { recipients: letter.bounce.recipients },
  };
}

async function sanitise(html: string): Promise<string> {
  sanitiser ??= loadSanitiser();
  return (await sanitiser)(html);
}

/** In the words of support staff; the code stays for the developer they send it to. */
function explain(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ENOENT') return 'no such file';
  if (code === 'EISDIR') return 'it is a folder';
  if (code === 'EACCES' || code === 'EPERM') return 'no permission to read it';
  return error instanceof Error ? error.message : String(error);
}

const { positionals: files } = parseArgs({ allowPositionals: true, strict: true });
if (files.length === 0) {
  process.stderr.write('usage: npm run -s mail:inspect -- FILE...\n');
  process.exitCode = 1;
}
for (const file of files) {
  try {
    process.stdout.write(`${await inspectFile(file)}\n`);
  } catch (error) {
    process.stderr.write(`mail:inspect: cannot read ${file}: ${explain(error)}\n`);
    process.exitCode = 1;
  }
}
