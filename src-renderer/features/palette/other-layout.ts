const latin = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`";
// The same places of the keyboard in the Russian and in the Belarusian layout.
const russian = 'йцукенгшщзхъфывапролджэячсмитьбюё';
const belarusian = "йцукенгшўзх'фывапролджэячсмітьбюё";

function mapping(from: string, to: string): ReadonlyMap<string, string> {
  return new Map(Array.from(from, (letter, place) => [letter, to[place] ?? letter]));
}

const toRussian = mapping(latin, russian);
const toBelarusian = mapping(latin, belarusian);
const toLatin = new Map([...mapping(belarusian, latin), ...mapping(russian, latin)]);

/** What was typed, and what the same keys give in the other layout: whoever forgot to switch finds it too. */
export function inEitherLayout(text: string): readonly string[] {
  const typed = text.toLowerCase();
  const others = /\p{Script=Cyrillic}/u.test(typed) ? [toLatin] : [toRussian, toBelarusian];
  const variants = others.map((map) => Array.from(typed, (letter) => map.get(letter) ?? letter).join(''));
  return [...new Set([typed, ...variants])];
}
