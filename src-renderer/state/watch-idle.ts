/** What a person at the computer makes. Scrolling too: the wheel over a letter is heard by the letter's frame alone. */
const signsOfLife = ['keydown', 'pointerdown', 'pointermove', 'wheel', 'scroll', 'focus'] as const;

/**
 * Tells when nobody has touched the page for `idleMs`, and at the first touch after that.
 *
 * A window that is hidden, or a computer that is locked, is touched by nobody, so it needs no rule of its own. Returns
 * how to stop.
 */
export function watchIdle(
  page: EventTarget,
  idleMs: number,
  onChange: (isIdle: boolean) => void,
): () => void {
  let isIdle = false;
  let touchedAt = performance.now();
  const fallIdle = (): void => {
    const left = touchedAt + idleMs - performance.now();
    if (left > 0) {
      timer = setTimeout(fallIdle, left);
      return;
    }
    isIdle = true;
    onChange(true);
  };
  let timer = setTimeout(fallIdle, idleMs);
  const touch = (): void => {
    touchedAt = performance.now();
    if (!isIdle) return;
    isIdle = false;
    timer = setTimeout(fallIdle, idleMs);
    onChange(false);
  };
  for (const sign of signsOfLife) page.addEventListener(sign, touch, { capture: true, passive: true });
  return () => {
    clearTimeout(timer);
    for (const sign of signsOfLife) page.removeEventListener(sign, touch, { capture: true });
  };
}
