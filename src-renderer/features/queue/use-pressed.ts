import { useRef, type MouseEvent, type PointerEvent } from 'react';

/** A hand that trembles less than this, in pixels, presses; one that moves further goes away from what it pressed. */
const trembles = 8;

/**
 * What a click in a list means: that on which the button was pressed.
 *
 * Rows come and go while a button is down, and by the place where it is let go another one would be meant, one the agent
 * did not look at. Whoever moves away before letting go means nothing; what clicks without a pointer, such as a screen
 * reader, means what it clicks.
 */
export function usePressed<Item>(itemAt: (target: Element) => Item | undefined): {
  readonly onPointerDown: (event: PointerEvent) => void;
  /** What a click means; undefined for nothing. */
  readonly pressed: (event: MouseEvent) => Item | undefined;
} {
  const last = useRef<{ readonly x: number; readonly y: number; readonly item: Item | undefined }>(null);
  const under = ({ target }: { readonly target: EventTarget }) =>
    target instanceof Element ? itemAt(target) : undefined;
  return {
    onPointerDown: (event) => {
      last.current = { x: event.clientX, y: event.clientY, item: under(event) };
    },
    pressed: (event) => {
      const press = last.current;
      last.current = null;
      // UI Events: a click without a pointer counts no presses.
      if (press === null || event.detail === 0) return under(event);
      const way = Math.hypot(event.clientX - press.x, event.clientY - press.y);
      return way <= trembles ? press.item : undefined;
    },
  };
}
