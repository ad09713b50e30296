import { useEffect, type RefObject } from 'react';

/** Puts the keyboard into the first field of a form that has just been asked for. */
export function useFirstField(form: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const [first] =
      form.current?.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('input, textarea') ?? [];
    // Of a group of choices the keyboard enters the one that is made (WAI-ARIA radio group).
    const isChoice = first instanceof HTMLInputElement && first.type === 'radio';
    const chosen = isChoice
      ? form.current?.querySelector<HTMLInputElement>('input[type="radio"]:checked')
      : first;
    (chosen ?? first)?.focus();
  }, [form]);
}
