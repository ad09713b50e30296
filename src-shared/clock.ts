/** A source of the present moment, passed in so that tests own time. */
export interface Clock {
  /** The present moment as epoch milliseconds, UTC. */
  now(): number;
}
