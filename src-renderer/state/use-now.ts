import { useEffect, useState } from 'react';

const tickMs = 20_000;

/** The present moment by the corrected clock, renewed often enough for words in minutes. */
export function useNow(clockOffsetMs: number): number {
  const [computerNow, setComputerNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setComputerNow(Date.now()), tickMs);
    return () => clearInterval(timer);
  }, []);
  return computerNow + clockOffsetMs;
}
