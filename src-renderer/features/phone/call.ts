/** What an agent writes down of a call. */
export interface Call {
  readonly phone: string;
  /** Who called, and from which institution. */
  readonly name: string;
  /** Empty where none was given. */
  readonly address: string;
  readonly subject: string;
  /** What the client said, for colleagues. */
  readonly said: string;
  readonly category: string | null;
  /** Nothing is left to do. */
  readonly solved: boolean;
}

export const emptyCall: Call = {
  phone: '',
  name: '',
  address: '',
  subject: '',
  said: '',
  category: null,
  solved: false,
};

const fewestDigits = 5;
const fewestLetters = 4;

/**
 * What open tickets of the same client are looked for by, the surest first: telephone, address, name. Null while too
 * little was typed to tell people apart.
 */
export function callerText({
  phone,
  address,
  name,
}: Pick<Call, 'phone' | 'address' | 'name'>): string | null {
  const digits = phone.replaceAll(/\D/gu, '');
  if (digits.length >= fewestDigits) return phone.trim();
  if (address.trim().length >= fewestLetters) return address.trim();
  return name.trim().length >= fewestLetters ? name.trim() : null;
}

/** The note that a call leaves in a ticket that was there already: who called, and what was said. */
export function calledNote(call: Call, heading: (who: string) => string): string {
  const who = [call.name, call.phone, call.address].map((part) => part.trim()).filter((part) => part !== '');
  const said = [call.subject, call.said].map((part) => part.trim()).filter((part) => part !== '');
  return [heading(who.join(', ')), ...said].join('\n');
}
