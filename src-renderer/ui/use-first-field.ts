import { useEffect, type RefObject } from 'react';

/** Puts the keyboard into the first field of a form that has just been asked for. */
export function useFirstField(form: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    form.current?.querySelector<HTMLElement>('input, textarea')?.focus();
  }, [form]);
}
