import { useEffect, useEffectEvent, type RefObject } from 'react';

/**
 * Listens to keys anywhere inside an element.
 *
 * `onKey` returns whether it took the key; one that a control inside has taken already is not offered.
 */
export function useKeys(
  element: RefObject<HTMLElement | null>,
  onKey: (event: KeyboardEvent) => boolean,
): void {
  const take = useEffectEvent((event: KeyboardEvent) => {
    if (!event.defaultPrevented && onKey(event)) event.preventDefault();
  });
  useEffect(() => {
    const target = element.current;
    const listen = (event: KeyboardEvent) => take(event);
    target?.addEventListener('keydown', listen);
    return () => target?.removeEventListener('keydown', listen);
  }, [element]);
}

/** Whether a key goes to a list that hangs open under a field, which Escape is to close first. */
export function isListOpen(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.getAttribute('aria-expanded') === 'true';
}

/** Whether a key goes into a field, where letters are text and no commands. */
export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable]') !== null
  );
}
