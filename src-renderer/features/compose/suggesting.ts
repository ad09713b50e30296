import { Extension, type Range } from '@tiptap/core';
import { PluginKey } from '@tiptap/pm/state';
import Suggestion, { exitSuggestion, type SuggestionProps } from '@tiptap/suggestion';
import { create } from 'zustand';

/** What is being looked for in the middle of a letter. */
export interface Suggesting {
  /** `::` looks for a snippet, `??` for an article. */
  readonly kind: 'snippet' | 'article';
  readonly query: string;
  /** What is replaced, the signs included. */
  readonly range: Range;
  /** Where the cursor is on screen. */
  readonly rect: DOMRect | null;
}

interface SuggestingState {
  readonly open: Suggesting | null;
  /** What the list on screen does with a key; whether it took it. */
  readonly onKey: ((event: KeyboardEvent) => boolean) | null;
}

/** The list that hangs open under the cursor; one letter is written at a time. */
export const useSuggesting = create<SuggestingState>()(() => ({ open: null, onKey: null }));

const keys = { snippet: new PluginKey('snippet'), article: new PluginKey('article') };
const signs = { snippet: '::', article: '??' } as const;

/** Opens the list of snippets or articles while one types; what it shows and inserts is not its business. */
export const SuggestWhileTyping = Extension.create({
  name: 'suggestWhileTyping',
  priority: 200,
  addProseMirrorPlugins() {
    return (['snippet', 'article'] as const).map((kind) => {
      const show = ({ query, range, clientRect }: SuggestionProps): void =>
        useSuggesting.setState({ open: { kind, query, range, rect: clientRect?.() ?? null } });
      return Suggestion({
        editor: this.editor,
        pluginKey: keys[kind],
        char: signs[kind],
        allowSpaces: kind === 'article',
        allowedPrefixes: null,
        items: () => [],
        render: () => ({
          onStart: show,
          onUpdate: show,
          onExit: () => useSuggesting.setState({ open: null }),
          onKeyDown: ({ event, view }) => {
            if (event.key === 'Escape') {
              exitSuggestion(view, keys[kind]);
              event.stopPropagation();
              return true;
            }
            return useSuggesting.getState().onKey?.(event) ?? false;
          },
        }),
      });
    });
  },
});
