import { useEffect } from 'react';

const dialogs = '[aria-modal="true"]';

/**
 * Gives a key that is pressed right after a dialog has come to that dialog. It takes the keyboard a moment after it is
 * to be seen; until then keys would go to what lies behind, and be lost. Stands once, around everything.
 */
export function useDialogKeys(): void {
  useEffect(() => {
    // From then on the keyboard may well be outside, as in a list that hangs open over the dialog.
    const hadKeyboard = new WeakSet<Element>();
    const note = ({ target }: FocusEvent) => {
      const dialog = target instanceof Element ? target.closest(dialogs) : null;
      if (dialog !== null) hadKeyboard.add(dialog);
    };
    const listen = (event: KeyboardEvent) => {
      const dialog = [...document.querySelectorAll(dialogs)].at(-1);
      if (dialog === undefined || hadKeyboard.has(dialog) || !event.isTrusted) return;
      const first = dialog.querySelector<HTMLElement>('[data-autofocus]');
      if (first === null) return;
      first.focus({ preventScroll: true });
      // What the browser does with the key it does where the keyboard is now; listeners have to be told.
      event.stopImmediatePropagation();
      if (!first.dispatchEvent(new KeyboardEvent('keydown', event))) event.preventDefault();
    };
    document.addEventListener('focusin', note, true);
    document.addEventListener('keydown', listen, true);
    return () => {
      document.removeEventListener('focusin', note, true);
      document.removeEventListener('keydown', listen, true);
    };
  }, []);
}
