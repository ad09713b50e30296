import { useEditor, type Editor } from '@tiptap/react';
import type { i18n } from 'i18next';
import { useEffect, useEffectEvent, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Draft } from '#shared/bridge/draft.ts';
import { documentText } from './document-text.ts';
import { editorExtensions, keepSpaces } from './editor-extensions.ts';
import { examineInput } from './guard-input.ts';
import type { LiveWords } from './quoted-part.ts';
import { textHtml } from './text-html.ts';
import { useSuggesting } from './suggesting.ts';

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
  const { t, i18n } = useTranslation();
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);

  // Read once; options that stay the same spare the editor a round with every key.
  const [begun] = useState(() => ({
    ...keepSpaces,
    content: draft.html === '' ? textHtml(draft.text) : draft.html,
  }));
  const extensions = useMemo(
    () => editorExtensions(quoteWords(i18n), draft.purpose === 'forward'),
    [i18n, draft.purpose],
  );
  const label = t(draft.purpose === 'answer' ? 'compose.text' : 'compose.letterText');
  const editorProps = useMemo(
    () => ({
      attributes: {
        role: 'textbox',
        'aria-multiline': 'true',
        'aria-label': label,
        lang: language,
        spellcheck: 'true',
      },
      handleDOMEvents: {
        // ProseMirror takes Escape for itself; it folds the letter away, unless a list hangs open.
        keydown: (_view: unknown, event: KeyboardEvent) =>
          event.key === 'Escape' && useSuggesting.getState().open === null,
      },
    }),
    [label, language],
  );
  const editor = useEditor({
    ...begun,
    extensions,
    editorProps,
    onUpdate: ({ editor: changed }) => noteChange(changed),
  });
  useEffect(() => {
    editor.setEditable(!readOnly, false);
  }, [editor, readOnly]);

  const writeOut = useEffectEvent((written: Editor) => {
    if (timer.current !== null) clearTimeout(timer.current);
    timer.current = null;
    onWrite({ html: written.getHTML(), text: documentText(written.getJSON()) });
  });
  const noteChange = useEffectEvent((changed: Editor) => {
    if (changed.state.doc.content.size <= smallLetter) writeOut(changed);
    else timer.current ??= setTimeout(() => writeOut(changed), restMs);
  });
  const take = useEffectEvent((event: ClipboardEvent | DragEvent) => {
    const data = event instanceof ClipboardEvent ? event.clipboardData : event.dataTransfer;
    const incoming = data === null ? null : examineInput(data, editor.state.doc.content.size);
    if (incoming === null || incoming.kind === 'content') return;
    event.preventDefault();
    // Neither the editor nor the composer around is to take it as well.
    event.stopImmediatePropagation();
    if (incoming.kind === 'files') onFiles(incoming.files);
    else if (incoming.kind === 'too-long') onTooLong();
    else editor.view.pasteText(incoming.text);
  });
  useEffect(() => {
    // Before the editor reads it.
    const { dom } = editor.view;
    const listen = (event: ClipboardEvent | DragEvent) => take(event);
    dom.addEventListener('paste', listen, true);
    dom.addEventListener('drop', listen, true);
    return () => {
      dom.removeEventListener('paste', listen, true);
      dom.removeEventListener('drop', listen, true);
    };
  }, [editor]);

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

  return {
    editor,
    writeOut: () => {
      if (timer.current !== null) clearTimeout(timer.current);
      timer.current = null;
      onWrite({ html: editor.getHTML(), text: documentText(editor.getJSON()) });
    },
  };
}

/** The desk may change its language while the letter is open; its editor stays the same. */
function quoteWords(words: i18n): LiveWords {
  return {
    read: () => ({
      show: words.t('compose.quote.show'),
      hide: words.t('compose.quote.hide'),
      remove: words.t('compose.quote.remove'),
    }),
    watch: (changed) => {
      words.on('languageChanged', changed);
      return () => words.off('languageChanged', changed);
    },
  };
}
