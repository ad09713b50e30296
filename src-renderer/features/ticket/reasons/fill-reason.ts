import { findSlots } from '#shared/text/slots.ts';

/**
 * The letter of a reason with its facts in it. Facts stand within a sentence, so that the full stop somebody ended them
 * with goes; what is not known yet stands as `blank` says.
 */
export function fillReason(
  text: string,
  values: Readonly<Record<string, string>>,
  blank: (slot: string) => string,
): string {
  let filled = '';
  let end = 0;
  for (const slot of findSlots(text)) {
    const value = (values[slot.name] ?? '').trim().replace(/[.;,\s]+$/u, '');
    filled += text.slice(end, slot.start) + (value === '' ? blank(slot.name) : value);
    end = slot.end;
  }
  return filled + text.slice(end);
}
