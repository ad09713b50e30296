/** What a figure is asked for on the command line. */
export interface FigureOptions {
  /** The first seed; run n uses `seed + n`, so that a failed run is repeated with `--seed N --runs 1`. */
  readonly seed: number;
  /** How many runs; null for the figure's own amount. */
  readonly runs: number | null;
  /** Says on standard error how far it is; may be called often. */
  readonly onProgress: (done: number, total: number) => void;
}

/** A bug that the figure plants itself, to show that it would see one. */
export interface PositiveControl {
  /** What was planted, in a few words. */
  readonly planted: string;
  readonly found: boolean;
}

export interface FigureReport {
  /** The denominator: runs, kill points, bytes. */
  readonly runs: number;
  /** What is printed beside the goal, in a few words. */
  readonly result: string;
  /** One text a failed run: seed, plan, differences. Empty means that the goal was met. */
  readonly failures: readonly string[];
  readonly controls: readonly PositiveControl[];
}

/** One row of the table that `npm run faults` prints. */
export interface Figure {
  /** For `--only`. */
  readonly name: string;
  /** What is done how often. */
  readonly title: string;
  readonly goal: string;
  readonly run: (options: FigureOptions) => Promise<FigureReport>;
}
