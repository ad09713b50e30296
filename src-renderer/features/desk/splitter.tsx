import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

const storageKey = 'stp.listWidth';
const narrowest = 300;
const widest = 640;
const step = 20;

/** Parts the list from the ticket; moved by mouse or arrow keys, put back by a double click, remembered by this computer. */
export function Splitter() {
  const { t } = useTranslation();
  const [width, setWidth] = useState(() => clamp(Number(localStorage.getItem(storageKey) ?? usual())));
  const from = useRef<{ readonly x: number; readonly width: number } | null>(null);

  useEffect(() => {
    document.documentElement.style.setProperty('--list-width', `${width}px`);
  }, [width]);
  useEffect(() => {
    const follow = () => {
      if (localStorage.getItem(storageKey) === null) setWidth(usual());
    };
    window.addEventListener('resize', follow);
    return () => window.removeEventListener('resize', follow);
  }, []);
  const move = (to: number) => {
    setWidth(to);
    localStorage.setItem(storageKey, String(to));
  };

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
      onDoubleClick={() => {
        localStorage.removeItem(storageKey);
        setWidth(usual());
      }}
      onKeyDown={(event) => {
        if (event.key === 'ArrowLeft') move(clamp(width - step));
        else if (event.key === 'ArrowRight') move(clamp(width + step));
        else return;
        event.preventDefault();
      }}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        from.current = { x: event.clientX, width };
      }}
      onPointerMove={(event) => {
        if (from.current === null) return;
        move(clamp(from.current.width + (event.clientX - from.current.x) / scaleOf(event.currentTarget)));
      }}
      onPointerUp={() => {
        from.current = null;
      }}
    />
  );
}

/** A wide window has room for all that a row says. */
function usual(): number {
  return Math.round(Math.max(364, Math.min(440, window.innerWidth * 0.22)));
}

function clamp(width: number): number {
  return Math.round(Math.max(narrowest, Math.min(widest, Number.isFinite(width) ? width : usual())));
}

/** How many pixels of the screen one of the page is: the size of the preferences. */
function scaleOf(element: HTMLElement): number {
  return element.offsetWidth === 0 ? 1 : element.getBoundingClientRect().width / element.offsetWidth;
}
