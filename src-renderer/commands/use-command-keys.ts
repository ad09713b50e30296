import { useEffect } from 'react';
import { isTyping } from '../ui/use-keys.ts';
import { useCommandHandlers } from './command-handlers.ts';
import { CommandKeys, type KeyPlace } from './command-keys.ts';

/** Lets the keyboard give commands; stands once, around the whole desk. Controls that take a key keep it. */
export function useCommandKeys(): void {
  useEffect(() => {
    const keys = new CommandKeys();
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      const found = keys.press(event, placeOf(event.target), performance.now());
      if (found === 'waits') event.preventDefault();
      else if (found.some((id) => useCommandHandlers.getState().run(id))) event.preventDefault();
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);
}

const dialogs = '[aria-modal="true"], [role="menu"]';

function placeOf(target: EventTarget | null): KeyPlace {
  const element = target instanceof Element ? target : document.body;
  return {
    typing: isTyping(element),
    composing: element.closest('[data-commands="compose"]') !== null,
    onControl: element.closest('button, a[href], summary, [role="button"], [role="tab"]') !== null,
    // A dialog that has closed upon this very key is gone from the page, but not from around what was pressed.
    inDialog: element.closest(dialogs) !== null || document.querySelector(dialogs) !== null,
  };
}
