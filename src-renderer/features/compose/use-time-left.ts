import { useEffect, useState } from 'react';

const tickMs = 250;

/** Milliseconds until a moment of the corrected clock, renewed several times a second until it is past. */
export function useTimeLeft(moment: number, clockOffsetMs: number): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const tick = () => {
      setNow(Date.now());
      if (Date.now() + clockOffsetMs >= moment) clearInterval(timer);
    };
    const timer = setInterval(tick, tickMs);
    tick();
    return () => clearInterval(timer);
  }, [moment, clockOffsetMs]);
  return moment - now - clockOffsetMs;
}
