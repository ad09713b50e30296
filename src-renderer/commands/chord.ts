/** One press of a key with what is held down beside it. */
export interface Chord {
  readonly ctrl: boolean;
  readonly alt: boolean;
  readonly shift: boolean;
  /** As `KeyboardEvent.code` has them: places of the keyboard, whatever is printed on them. */
  readonly codes: readonly string[];
  /** A character that some layouts have in another place; where it is typed, it counts. Null for letters. */
  readonly character: string | null;
}

const places: Readonly<Record<string, Pick<Chord, 'codes' | 'character'> & { readonly shift?: true }>> = {
  '/': { codes: ['Slash'], character: '/' },
  '?': { codes: ['Slash'], character: '?', shift: true },
  '[': { codes: ['BracketLeft'], character: null },
  ']': { codes: ['BracketRight'], character: null },
  // By its place alone: under Russian layouts the sign is where the slash is.
  '.': { codes: ['Period', 'NumpadDecimal'], character: null },
  '=': { codes: ['Equal', 'NumpadAdd'], character: null },
  '-': { codes: ['Minus', 'NumpadSubtract'], character: null },
  '0': { codes: ['Digit0', 'Numpad0'], character: null },
  Enter: { codes: ['Enter', 'NumpadEnter'], character: null },
};

/** Reads `Ctrl+Shift+P`; names of keys that are not in the table above are letters, digits or codes. */
export function parseChord(written: string): Chord {
  const parts = written.split('+');
  const name = parts.at(-1) ?? '';
  const place = places[name];
  return {
    ctrl: parts.includes('Ctrl'),
    alt: parts.includes('Alt'),
    shift: parts.includes('Shift') || place?.shift === true,
    codes: place?.codes ?? [codeOf(name)],
    character: place?.character ?? null,
  };
}

function codeOf(name: string): string {
  if (/^[A-Z]$/u.test(name)) return `Key${name}`;
  return /^\d$/u.test(name) ? `Digit${name}` : name;
}

type Pressed = Pick<KeyboardEvent, 'code' | 'key' | 'ctrlKey' | 'altKey' | 'shiftKey' | 'metaKey'>;

/** Whether a key press is that chord, no more and no less held down. */
export function isChord(chord: Chord, pressed: Pressed): boolean {
  if (pressed.metaKey || pressed.ctrlKey !== chord.ctrl || pressed.altKey !== chord.alt) return false;
  // Where a layout has the character, shift is a part of typing it.
  if (chord.character !== null && pressed.key === chord.character) return true;
  return pressed.shiftKey === chord.shift && chord.codes.includes(pressed.code);
}
