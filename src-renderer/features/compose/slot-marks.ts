import { Extension } from '@tiptap/core';
import type { Node } from '@tiptap/pm/model';
import { Plugin, PluginKey, TextSelection } from '@tiptap/pm/state';
import { Decoration, DecorationSet } from '@tiptap/pm/view';
import { findSlots, type Slot } from '#shared/text/slots.ts';
import { quotedPart } from './document-text.ts';

interface PlacedSlot {
  readonly kind: Slot['kind'];
  readonly from: number;
  readonly to: number;
}

/** Slots of the agent's own words by their place in the document; what a client quotes in braces is nobody's slot. */
export function placedSlots(document: Node): PlacedSlot[] {
  const found: PlacedSlot[] = [];
  document.descendants((node, position) => {
    if (node.type.name === quotedPart) return false;
    if (!node.isTextblock) return true;
    // Leaves count as one character, as they do in the document's positions.
    const text = node.textBetween(0, node.content.size, '', '\uFFFC');
    for (const { kind, start, end } of findSlots(text)) {
      found.push({ kind, from: position + 1 + start, to: position + 1 + end });
    }
    return false;
  });
  return found;
}

/** Marks the slots that are still to be filled; Tab selects the next one, Shift+Tab the one before. */
export const SlotMarks = Extension.create({
  name: 'slotMarks',
  priority: 150,
  addKeyboardShortcuts() {
    const select = (
      choose: (slots: readonly PlacedSlot[], at: number) => PlacedSlot | undefined,
    ): boolean => {
      const slot = choose(placedSlots(this.editor.state.doc), this.editor.state.selection.from);
      if (slot === undefined) return false;
      return this.editor.chain().setTextSelection(slot).scrollIntoView().run();
    };
    return {
      Tab: () => select((slots, at) => slots.find(({ from }) => from > at) ?? slots[0]),
      'Shift-Tab': () => select((slots, at) => slots.findLast(({ from }) => from < at) ?? slots.at(-1)),
    };
  },
  addProseMirrorPlugins() {
    const decorate = (document: Node): DecorationSet =>
      DecorationSet.create(
        document,
        placedSlots(document).map(({ kind, from, to }) =>
          Decoration.inline(from, to, { class: 'letter-slot', 'data-kind': kind }),
        ),
      );
    const key = new PluginKey<DecorationSet>('slotMarks');
    return [
      new Plugin<DecorationSet>({
        key,
        state: {
          init: (_config, state) => decorate(state.doc),
          apply: (transaction, before) => (transaction.docChanged ? decorate(transaction.doc) : before),
        },
        props: { decorations: (state) => key.getState(state) },
      }),
    ];
  },
});

/** Selects the first slot at or behind a place, for the agent to type over. */
export function selectSlotFrom(document: Node, place: number): TextSelection | null {
  const slot = placedSlots(document).find(({ from }) => from >= place);
  return slot === undefined ? null : TextSelection.create(document, slot.from, slot.to);
}
