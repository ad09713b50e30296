/*
 * Slots of templates: `{{client}}` and its like are filled from the ticket, `{{?Дата восстановления}}` asks the agent.
 */

/** What a template can be filled with by itself. */
export const slotNames = ['client', 'number', 'subject', 'agent', 'today', 'deadline'] as const;
export type SlotName = (typeof slotNames)[number];

/** One slot of a text, braces included. */
export interface Slot {
  readonly kind: 'known' | 'question' | 'unknown';
  /** The known name, the question, or whatever stands between the braces; trimmed. */
  readonly name: string;
  /** UTF-16 offsets; `end` is behind the braces. */
  readonly start: number;
  readonly end: number;
}

const slotPattern = /\{\{([^{}\n]{0,200})\}\}/gu;

/** All slots of a text, in order. */
export function findSlots(text: string): Slot[] {
  return Array.from(text.matchAll(slotPattern), (match) => {
    const inside = (match[1] ?? '').trim();
    const place = { start: match.index, end: match.index + match[0].length };
    if (isSlotName(inside)) return { kind: 'known', name: inside, ...place };
    if (inside.startsWith('?')) return { kind: 'question', name: inside.slice(1).trim(), ...place };
    return { kind: 'unknown', name: inside, ...place };
  });
}

/** The text with known slots filled; those without a value, questions and unknown ones stay for the agent to see. */
export function fillSlots(text: string, values: Readonly<Record<SlotName, string>>): string {
  return text.replaceAll(slotPattern, (whole, inside: string) => {
    const name = inside.trim();
    return (isSlotName(name) ? values[name] : '') || whole;
  });
}

function isSlotName(name: string): name is SlotName {
  return slotNames.some((known) => known === name);
}
