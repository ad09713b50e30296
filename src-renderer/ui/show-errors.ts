import { flushSync } from 'react-dom';

/** Lets a form say what is wrong, and puts the keyboard into the first field that is. */
export function showErrors(form: HTMLElement | null, say: () => void): void {
  flushSync(say);
  // Some fields mark themselves by one, some by the other.
  form
    ?.querySelector<HTMLElement>(
      'input:is([aria-invalid=true], [data-invalid=true]), textarea[aria-invalid=true]',
    )
    ?.focus();
}
