import { useEditor, type Editor } from '@tiptap/react';
import { useEffect, useEffectEvent, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Draft } from '#shared/bridge/draft.ts';
import { documentText } from './document-text.ts';
import { editorExtensions, keepSpaces } from './editor-extensions.ts';
import { examineInput } from './guard-input.ts';
import { textHtml } from './text-html.ts';

/** Up to this many characters a letter is written out with every key; a longer one when the hands rest. */
const smallLetter = 30_000;
const restMs = 300;

/** The editor of a letter, with a way to have everything that was typed in the draft now. */
export interface LetterEditor {
  readonly editor: Editor;
  readonly writeOut: () => void;
}

/**
 * An editor that begins with what the draft holds and writes each change into it, HTML and text from one document.
 *
 * The draft is read once: nothing that comes later from anywhere else changes what is on screen.
 */
export function useLetterEditor({
  draft,
  readOnly,
  language,
  onWrite,
  onFiles,
  onTooLong,
}: {
  readonly draft: Draft;
  readonly readOnly: boolean;
  /** For the spelling. */
  readonly language: string;
  readonly onWrite: (words: Pick<Draft, 'html' | 'text'>) => void;
  readonly onFiles: (files: readonly File[]) => void;
  readonly onTooLong: () => void;
}): LetterEditor {
  const { t } = useTranslation();
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);

  const editor = useEditor({
    extensions: editorExtensions(
      { show: t('compose.quote.show'), hide: t('compose.quote.hide'), remove: t('compose.quote.remove') },
      draft.purpose === 'forward',
    ),
    ...keepSpaces,
    content: draft.html === '' ? textHtml(draft.text) : draft.html,
    onUpdate: ({ editor: changed }) => noteChange(changed),
    editorProps: {
      handleDOMEvents: {
        paste: (_view, event) => take(event, event.clipboardData),
        drop: (_view, event) => take(event, event.dataTransfer),
      },
    },
  });

  const writeOut = useEffectEvent((written: Editor) => {
    if (timer.current !== null) clearTimeout(timer.current);
    timer.current = null;
    onWrite({ html: written.getHTML(), text: documentText(written.getJSON()) });
  });
  const noteChange = useEffectEvent((changed: Editor) => {
    if (changed.state.doc.content.size <= smallLetter) writeOut(changed);
    else timer.current ??= setTimeout(() => writeOut(changed), restMs);
  });
  const take = useEffectEvent((event: Event, data: DataTransfer | null): boolean => {
    if (data === null) return false;
    const incoming = examineInput(data, editor.state.doc.content.size);
    if (incoming.kind === 'content') return false;
    event.preventDefault();
    // The composer around takes dropped files as well.
    event.stopPropagation();
    if (incoming.kind === 'files') onFiles(incoming.files);
    else if (incoming.kind === 'too-long') onTooLong();
    else editor.view.pasteText(incoming.text);
    return true;
  });

  const writeRest = useEffectEvent(() => {
    if (timer.current !== null && !editor.isDestroyed) writeOut(editor);
  });
  useEffect(() => {
    const write = () => writeRest();
    window.addEventListener('blur', write);
    window.addEventListener('pagehide', write);
    return () => {
      window.removeEventListener('blur', write);
      window.removeEventListener('pagehide', write);
      write();
    };
  }, []);

  useEffect(() => {
    editor.setEditable(!readOnly, false);
  }, [editor, readOnly]);

  const label = t(draft.purpose === 'answer' ? 'compose.text' : 'compose.letterText');
  useEffect(() => {
    editor.setOptions({
      editorProps: {
        ...editor.options.editorProps,
        attributes: {
          role: 'textbox',
          'aria-multiline': 'true',
          'aria-label': label,
          lang: language,
          spellcheck: 'true',
        },
      },
    });
  }, [editor, label, language]);

  return {
    editor,
    writeOut: () => {
      if (timer.current !== null) clearTimeout(timer.current);
      timer.current = null;
      onWrite({ html: editor.getHTML(), text: documentText(editor.getJSON()) });
    },
  };
}
