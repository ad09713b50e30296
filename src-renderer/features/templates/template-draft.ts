import type { AnswerKind } from '#shared/regulation/answer-kind.ts';
import type { PutTemplate, Template } from '#shared/protocol/template.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { Language } from '#shared/text/language.ts';
import { findSlots } from '#shared/text/slots.ts';

/** A template as it is being written. */
export interface TemplateDraft {
  readonly title: string;
  readonly shortcut: string;
  readonly language: Language;
  readonly answerKind: AnswerKind | null;
  readonly text: string;
}

/** What keeps a template from being kept. */
export interface TemplateProblems {
  readonly title?: 'templates.wrong.title';
  readonly shortcut?: 'templates.wrong.shortcut';
  readonly text?:
    | { readonly key: 'templates.wrong.text' | 'templates.wrong.question' }
    | {
        readonly key: 'templates.wrong.slots';
        /** As they stand in the text, each once. */
        readonly slots: readonly string[];
      };
}

/** The form's start. */
export function draftOfTemplate(template: Template | null, language: Language): TemplateDraft {
  return template ?? { title: '', shortcut: '', language, answerKind: null, text: '' };
}

/** The template that the form describes, or what is wrong with it. */
export function templateOfDraft(draft: TemplateDraft): Result<PutTemplate, TemplateProblems> {
  const title = draft.title.trim();
  const shortcut = draft.shortcut.trim().replace(/^:+/u, '');
  const text = draft.text.replaceAll('\r\n', '\n').trim();
  const problems: TemplateProblems = {
    ...(title === '' ? { title: 'templates.wrong.title' } : {}),
    ...(/^[\p{L}\p{N}_-]{0,30}$/u.test(shortcut) ? {} : { shortcut: 'templates.wrong.shortcut' }),
    ...textProblem(text),
  };
  if (Object.keys(problems).length > 0) return err(problems);
  return ok({ title, shortcut, language: draft.language, answerKind: draft.answerKind, text });
}

/** Another template of that language with the same shortcut: `::` would offer both. */
export function sameShortcut(
  draft: TemplateDraft,
  templates: readonly Template[],
  ownId: string | null,
): Template | null {
  const shortcut = draft.shortcut.trim().replace(/^:+/u, '').toLowerCase();
  if (shortcut === '') return null;
  return (
    templates.find(
      (template) =>
        template.id !== ownId &&
        template.language === draft.language &&
        template.shortcut.toLowerCase() === shortcut,
    ) ?? null
  );
}

function textProblem(text: string): Pick<TemplateProblems, 'text'> {
  if (text === '') return { text: { key: 'templates.wrong.text' } };
  const slots = findSlots(text);
  const unknown = slots.filter(({ kind }) => kind === 'unknown');
  if (unknown.length > 0) {
    const named = [...new Set(unknown.map(({ start, end }) => text.slice(start, end)))];
    return { text: { key: 'templates.wrong.slots', slots: named } };
  }
  const empty = slots.some(({ kind, name }) => kind === 'question' && name === '');
  return empty ? { text: { key: 'templates.wrong.question' } } : {};
}
