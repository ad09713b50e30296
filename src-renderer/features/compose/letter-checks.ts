import { promisesFile } from '#shared/text/promises-file.ts';
import { findSlots } from '#shared/text/slots.ts';

/** What a letter is looked at for before it leaves. */
export interface LetterToCheck {
  /** The agent's own words, without quote. */
  readonly own: string;
  readonly signature: string;
  readonly attachments: number;
  /** Files of a forwarded letter that are not in. */
  readonly missing: number;
}

/** What the agent is asked about once. */
export type SendQuestion = 'onlyQuote' | 'noAttachment' | 'missingFiles' | 'confidential';

/** The first slot that nobody has filled, as it stands in the text; null where there is none. */
export function firstUnfilledSlot(own: string): string | null {
  const [slot] = findSlots(own);
  return slot === undefined ? null : slot.kind === 'question' ? slot.name : own.slice(slot.start, slot.end);
}

/** Whether the agent wrote anything: a signature alone is not a letter. */
export function hasOwnWords({ own, signature }: Pick<LetterToCheck, 'own' | 'signature'>): boolean {
  return withoutSignature(own, signature).trim() !== '';
}

/** What is to be asked before this letter leaves, in order. */
export function sendQuestions(letter: LetterToCheck, isForward: boolean): readonly SendQuestion[] {
  const questions: SendQuestion[] = [];
  if (isForward) questions.push('confidential');
  else if (!hasOwnWords(letter)) questions.push('onlyQuote');
  if (letter.attachments === 0 && promisesFile(withoutSignature(letter.own, letter.signature)))
    questions.push('noAttachment');
  if (letter.missing > 0) questions.push('missingFiles');
  return questions;
}

/** Compared line by line and without regard to spaces: the editor keeps none at the ends of lines. */
function withoutSignature(own: string, signature: string): string {
  if (signature === '') return own;
  const lines = own.split('\n');
  const signed = signature.split('\n').map(words);
  const start = lines.findLastIndex((_, at) =>
    signed.every((line, offset) => words(lines[at + offset] ?? '') === line),
  );
  return start < 0 ? own : lines.toSpliced(start, signed.length).join('\n');
}

function words(line: string): string {
  return line.trim().replaceAll(/\s+/gu, ' ');
}
