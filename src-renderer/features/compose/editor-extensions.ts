import { Extension, type Extensions } from '@tiptap/core';
import { Plugin } from '@tiptap/pm/state';
import StarterKit from '@tiptap/starter-kit';
import { decideAttribute } from '#shared/mail/sanitise-config.ts';
import { maxLetterLength } from './guard-input.ts';
import { QuotedPart, type LiveWords } from './quoted-part.ts';
import { SlotMarks } from './slot-marks.ts';
import { SuggestWhileTyping } from './suggesting.ts';

/** Nothing makes a letter longer than a draft may be. */
const LengthLimit = Extension.create({
  name: 'lengthLimit',
  addProseMirrorPlugins: () => [
    new Plugin({
      filterTransaction: ({ docChanged, doc }, { doc: before }) =>
        !docChanged || doc.content.size <= maxLetterLength || doc.content.size <= before.content.size,
    }),
  ],
});

/** Ctrl+Enter sends: the editor, which would break the line, does not hear of it. */
const LeaveSending = Extension.create({
  name: 'leaveSending',
  addProseMirrorPlugins: () => [
    new Plugin({
      props: { handleDOMEvents: { keydown: (_view, event) => event.key === 'Enter' && event.ctrlKey } },
    }),
  ],
});

/** How a draft is read: spaces are the agent's. What is pasted loses those that no browser would show. */
export const keepSpaces = { parseOptions: { preserveWhitespace: 'full' } } as const;

/** Everything of which a letter is made; what is pasted loses what is not here. */
export function editorExtensions(words: LiveWords, isForward: boolean): Extensions {
  return [
    StarterKit.configure({
      heading: false,
      code: false,
      codeBlock: false,
      horizontalRule: false,
      strike: false,
      // What is quoted comes last.
      trailingNode: false,
      link: {
        openOnClick: false,
        autolink: true,
        linkOnPaste: true,
        defaultProtocol: 'https',
        HTMLAttributes: { target: null, rel: null, class: null },
        isAllowedUri: (url) => decideAttribute('a', 'href', url).action === 'keep',
      },
    }),
    QuotedPart.configure({ words, unfolded: isForward }),
    SlotMarks,
    SuggestWhileTyping,
    LengthLimit,
    LeaveSending,
  ];
}
