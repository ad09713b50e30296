import { Node } from '@tiptap/core';
import { quotedPart } from './document-text.ts';

/** Words of the buttons above a quoted part. */
export interface QuotedPartWords {
  readonly show: string;
  readonly hide: string;
  readonly remove: string;
}

/**
 * What a letter quotes or passes on: in the editor it lies below a line, folded up until the agent wants to see it. In
 * the letter it is there as a whole.
 */
export const QuotedPart = Node.create<{ readonly words: QuotedPartWords; readonly unfolded: boolean }>({
  name: quotedPart,
  group: 'block',
  content: 'block+',
  defining: true,
  isolating: true,
  addOptions: () => ({ words: { show: '', hide: '', remove: '' }, unfolded: false }),
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
      remove.textContent = words.remove;
      bar.append(toggle, remove);
      const content = document.createElement('div');
      content.className = 'quoted-part-content';
      place.append(bar, content);
      const show = (): void => {
        content.hidden = !unfolded;
        toggle.textContent = unfolded ? words.hide : words.show;
      };
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
