import { flushSync } from 'react-dom';

/** Lets a form say what is wrong, and puts the keyboard into the first field that is. */
export function showErrors(form: HTMLElement | null, say: () => void): void {
  flushSync(say);
  form?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
}
