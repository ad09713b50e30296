import type { Draft } from '#shared/bridge/draft.ts';
import type { Editor } from '@tiptap/core';
import type { MailboxAddress } from '#shared/ticket/letter.ts';
import type { Language } from '#shared/text/language.ts';
import { languages } from '../../language/languages.ts';
import { documentText } from './document-text.ts';
import { keepSpaces } from './editor-extensions.ts';
import type { FirstWords, SaidIn } from '../../state/panels.ts';
import { textHtml } from './text-html.ts';

/**
 * An answer with the words that a form has put together before everything else in it, also before what was written
 * until then. Of `to` only those are taken that an answer may go to.
 */
export function withFirstWords(
  draft: Draft,
  { text, answerKind, to }: Pick<FirstWords, 'text' | 'answerKind' | 'to'>,
  allowed: readonly MailboxAddress[],
): Draft {
  const recipients = to === null ? {} : { to: allowed.filter(({ address }) => to.includes(address)), cc: [] };
  const begun = { ...draft, ...recipients, answerKind };
  // Built from the same words once more, as when the page comes back, it does not say everything twice.
  if (text === '' || draft.text.startsWith(text)) return begun;
  const html = draft.html === '' ? textHtml(draft.text) : draft.html;
  return {
    ...begun,
    // The line to write on is no longer wanted.
    text: `${text}\n${draft.text.replace(/^\n/u, '')}`,
    html: `${textHtml(text)}${html.replace(/^<p><\/p>/u, '')}`,
  };
}

/** Says the words of a form that a letter begins with in another language; nothing where they were changed since. */
export function sayFirstWordsIn(editor: Editor, said: SaidIn, language: Language): void {
  const { doc } = editor.state;
  const text = documentText(editor.getJSON());
  const present = languages.find((each) => text === said[each] || text.startsWith(`${said[each]}\n`));
  if (present === undefined || present === language) return;
  let to = 0;
  // A line is a paragraph, as long as nobody made a list or a quote of it.
  for (let place = 0; place < said[present].split('\n').length; place += 1) {
    const line = doc.child(place);
    if (line.type.name !== 'paragraph') return;
    to += line.nodeSize;
  }
  editor.commands.insertContentAt({ from: 0, to }, textHtml(said[language]), keepSpaces);
}
