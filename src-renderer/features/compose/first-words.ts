import type { Draft } from '#shared/bridge/draft.ts';
import type { MailboxAddress } from '#shared/ticket/letter.ts';
import type { FirstWords } from '../../state/panels.ts';
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
