const lineHeight = 21;
const charactersPerLine = 85;
const padding = 40;
const smallest = 90;
const largest = 520;

/**
 * A height for a letter's frame, in pixels, guessed from its text.
 *
 * The frame scrolls and can be dragged taller, so that a wrong guess costs a gesture and nothing else.
 */
export function frameHeight(text: string): number {
  let lines = 0;
  for (const line of text.split('\n')) lines += Math.max(1, Math.ceil(line.length / charactersPerLine));
  return Math.min(largest, Math.max(smallest, lines * lineHeight + padding));
}
