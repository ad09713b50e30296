import { isChord, parseChord, type Chord } from './chord.ts';
import { commandIds, commandOf, type CommandId } from './command-list.ts';

/** A way to give a command. */
interface Binding {
  readonly id: CommandId;
  readonly chords: readonly [Chord] | readonly [Chord, Chord];
}

/** How long the second key of a pair is waited for. */
const pairMs = 1500;

const bindings: readonly Binding[] = commandIds.flatMap((id) =>
  commandOf(id).keys.map((keys): Binding => {
    const [first = '', second] = keys.split(' ');
    return {
      id,
      chords: second === undefined ? [parseChord(first)] : [parseChord(first), parseChord(second)],
    };
  }),
);

/** Where a key was pressed, as far as it matters to commands. */
export interface KeyPlace {
  /** In a field, where letters are text. */
  readonly typing: boolean;
  /** Where the agent writes a letter. */
  readonly composing: boolean;
  /** On a button or a link, which Enter presses. */
  readonly onControl: boolean;
  /** A dialog or a menu is open. */
  readonly inDialog: boolean;
}

type Pressed = Parameters<typeof isChord>[1] & Pick<KeyboardEvent, 'repeat'>;

/** Turns key presses into commands; holds the first key of a pair until the second comes. */
export class CommandKeys {
  #firstAt: number | null = null;
  #first: readonly Binding[] = [];

  /**
   * The commands that a key press may mean here, the closest first; `waits` when it began a pair.
   *
   * `now` is any clock in ms that does not jump.
   */
  press(event: Pressed, place: KeyPlace, now: number): readonly CommandId[] | 'waits' {
    const begun = this.#firstAt !== null && now - this.#firstAt < pairMs ? this.#first : [];
    this.#firstAt = null;
    if (place.typing && !worksWhileTyping(event)) return [];
    const ended = begun.filter(({ chords }) => chords[1] !== undefined && isChord(chords[1], event));
    const fitting = (
      ended.length > 0 ? ended : bindings.filter(({ chords }) => isChord(chords[0], event))
    ).filter(({ id }) => fits(id, event, place));
    const pairs = ended.length > 0 ? [] : fitting.filter(({ chords }) => chords.length === 2);
    if (pairs.length > 0) {
      this.#firstAt = now;
      this.#first = pairs;
      return 'waits';
    }
    return fitting.map(({ id }) => id).toSorted((a, b) => Number(isComposing(b)) - Number(isComposing(a)));
  }
}

function isComposing(id: CommandId): boolean {
  return commandOf(id).composing === true;
}

function fits(id: CommandId, event: Pressed, place: KeyPlace): boolean {
  const command = commandOf(id);
  if (place.inDialog && command.everywhere !== true) return false;
  if (command.composing === true && !place.composing) return false;
  if (event.repeat && command.repeats !== true) return false;
  return event.key !== 'Enter' || event.ctrlKey || !place.onControl;
}

function worksWhileTyping(event: Pressed): boolean {
  return event.ctrlKey || event.altKey || /^F\d+$/u.test(event.key);
}
