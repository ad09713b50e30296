/** A computer that slept through a timer finds out this soon after waking. */
const lookEveryMs = 30_000;

/** Rings once when the wall clock shows `at` or later, never before this returns; answers how to stop it. */
export function wallAlarm(at: number, ring: () => void): () => void {
  let timer: ReturnType<typeof setTimeout>;
  const wait = () => {
    const leftMs = Math.max(0, at - Date.now());
    timer = setTimeout(() => (Date.now() >= at ? ring() : wait()), Math.min(leftMs, lookEveryMs));
  };
  wait();
  return () => clearTimeout(timer);
}
