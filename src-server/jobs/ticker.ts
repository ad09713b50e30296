/** Calls back again and again until it is stopped. */
export interface Ticker {
  /** Returns what stops it. */
  every(ms: number, tick: () => void): () => void;
}

/** Real time. It keeps no process alive. */
export const realTicker: Ticker = {
  every: (ms, tick) => {
    const timer = setInterval(tick, ms).unref();
    return () => {
      clearInterval(timer);
    };
  },
};
