import { useEffect, useEffectEvent, type RefObject } from 'react';

/**
 * Listens to keys inside an element, and to those that go nowhere, because what had the keyboard is gone.
 *
 * `onKey` returns whether it took the key; one that a control inside has taken already is not offered.
 */
export function useKeys(
  element: RefObject<HTMLElement | null>,
  onKey: (event: KeyboardEvent) => boolean,
): void {
  const take = useEffectEvent((event: KeyboardEvent) => {
    const { target } = event;
    const isOurs = target === document.body || (target instanceof Node && element.current?.contains(target));
    if (isOurs === true && !event.defaultPrevented && onKey(event)) event.preventDefault();
  });
  useEffect(() => {
    let listWasOpen = false;
    const look = ({ target }: KeyboardEvent) => {
      listWasOpen = target instanceof HTMLElement && target.getAttribute('aria-expanded') === 'true';
    };
    const listen = (event: KeyboardEvent) => {
      // Escape has closed the list that hung open under the field, and is to close no more.
      if (event.code !== 'Escape' || !listWasOpen) take(event);
    };
    document.addEventListener('keydown', look, true);
    // The document comes last: controls inside have had their say.
    document.addEventListener('keydown', listen);
    return () => {
      document.removeEventListener('keydown', look, true);
      document.removeEventListener('keydown', listen);
    };
  }, []);
}

/** Whether a key goes into a field, where letters are text and no commands. */
export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable]') !== null
  );
}
