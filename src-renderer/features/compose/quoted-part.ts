import { Node } from '@tiptap/core';
import { quotedPart } from './document-text.ts';

/** Words of the buttons above a quoted part. */
export interface QuotedPartWords {
  readonly show: string;
  readonly hide: string;
  readonly remove: string;
}

/** The same words for as long as an editor stands, in the language that the desk has at the time. */
export interface LiveWords {
  readonly read: () => QuotedPartWords;
  /** Calls when they have changed; answers what ends that. */
  readonly watch: (changed: () => void) => () => void;
}

/**
 * What a letter quotes or passes on: in the editor it lies below a line, folded up until the agent wants to see it. In
 * the letter it is there as a whole.
 */
export const QuotedPart = Node.create<{ readonly words: LiveWords; readonly unfolded: boolean }>({
  name: quotedPart,
  group: 'block',
  content: 'block+',
  defining: true,
  isolating: true,
  addOptions: () => ({
    words: { read: () => ({ show: '', hide: '', remove: '' }), watch: () => () => undefined },
    unfolded: false,
  }),
  parseHTML: () => [{ tag: 'div[data-quoted]' }],
  renderHTML: () => ['div', { 'data-quoted': '' }, 0],
  addNodeView() {
    const { words, unfolded: startsUnfolded } = this.options;
    return ({ editor, getPos }) => {
      let unfolded = startsUnfolded;
      const place = document.createElement('div');
      place.className = 'quoted-part';
      const bar = document.createElement('div');
      bar.className = 'quoted-part-bar';
      bar.contentEditable = 'false';
      const toggle = button();
      const remove = button();
      bar.append(toggle, remove);
      const content = document.createElement('div');
      content.className = 'quoted-part-content';
      place.append(bar, content);
      const show = (): void => {
        const said = words.read();
        content.hidden = !unfolded;
        toggle.textContent = unfolded ? said.hide : said.show;
        remove.textContent = said.remove;
      };
      const stop = words.watch(show);
      toggle.addEventListener('click', () => {
        unfolded = !unfolded;
        show();
      });
      remove.addEventListener('click', () => {
        const from = getPos();
        const node = from === undefined ? null : editor.state.doc.nodeAt(from);
        if (from === undefined || node === null) return;
        editor
          .chain()
          .deleteRange({ from, to: from + node.nodeSize })
          .focus()
          .run();
      });
      show();
      return {
        dom: place,
        contentDOM: content,
        stopEvent: (event) => event.target instanceof globalThis.Node && bar.contains(event.target),
        destroy: stop,
        ignoreMutation: (mutation) => mutation.type === 'attributes' || !content.contains(mutation.target),
      };
    };
  },
});

function button(): HTMLButtonElement {
  const made = document.createElement('button');
  made.type = 'button';
  made.className = 'quiet-button';
  return made;
}
