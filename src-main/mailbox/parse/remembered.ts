/** Longer texts are not kept: what repeats is short. */
const longest = 300;
const most = 2_000;

/**
 * Remembers what a pure function made of a text. A mailbox says the same again and again: its own address, the types of
 * parts, who writes often. The result is shared by all who ask, so it must not be changed.
 */
export function remembered<Made extends object>(make: (text: string) => Made): (text: string) => Made {
  const known = new Map<string, Made>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const made = make(text);
    if (text.length > longest) return made;
    // Texts come from letters; without a bound a hostile mailbox would fill the memory.
    if (known.size >= most) known.clear();
    known.set(text, made);
    return made;
  };
}
