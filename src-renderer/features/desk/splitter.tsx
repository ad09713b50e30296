import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

const storageKey = 'stp.listWidth';
const usual = 340;
const narrowest = 300;
const widest = 640;
const step = 20;

/** Parts the list from the ticket; moved by mouse or arrow keys, put back by a double click, remembered by this computer. */
export function Splitter() {
  const { t } = useTranslation();
  const [width, setWidth] = useState(() => clamp(Number(localStorage.getItem(storageKey) ?? usual)));
  const from = useRef<{ readonly x: number; readonly width: number } | null>(null);

  useEffect(() => {
    document.documentElement.style.setProperty('--list-width', `${width}px`);
    localStorage.setItem(storageKey, String(width));
  }, [width]);

  return (
    <div
      className="splitter"
      role="separator"
      aria-orientation="vertical"
      aria-label={t('nav.listWidth')}
      aria-valuemin={narrowest}
      aria-valuemax={widest}
      aria-valuenow={width}
      tabIndex={0}
      onDoubleClick={() => setWidth(usual)}
      onKeyDown={(event) => {
        if (event.key === 'ArrowLeft') setWidth(clamp(width - step));
        else if (event.key === 'ArrowRight') setWidth(clamp(width + step));
        else return;
        event.preventDefault();
      }}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        from.current = { x: event.clientX, width };
      }}
      onPointerMove={(event) => {
        if (from.current === null) return;
        setWidth(clamp(from.current.width + (event.clientX - from.current.x) / scaleOf(event.currentTarget)));
      }}
      onPointerUp={() => {
        from.current = null;
      }}
    />
  );
}

function clamp(width: number): number {
  return Math.round(Math.max(narrowest, Math.min(widest, Number.isFinite(width) ? width : usual)));
}

/** How many pixels of the screen one of the page is: the size of the preferences. */
function scaleOf(element: HTMLElement): number {
  return element.offsetWidth === 0 ? 1 : element.getBoundingClientRect().width / element.offsetWidth;
}
