import { pause } from './change-signal.ts';

export interface StalledAlarmOptions {
  /** Without progress for so long it is raised. */
  readonly stalledMs: number;
  /** Whether progress can be expected at the moment. */
  readonly isDue: () => boolean;
  readonly onChange: (isRaised: boolean) => void;
}

const steps = 10;

/** Tells of work that stands still. Counts steps of waiting: the clock jumps when a computer slept or is set. */
export class StalledAlarm {
  readonly #options: StalledAlarmOptions;
  #waited = 0;
  #isRaised = false;

  constructor(options: StalledAlarmOptions) {
    this.#options = options;
  }

  get isRaised(): boolean {
    return this.#isRaised;
  }

  /** Goes on until the signal aborts. */
  async run(signal: AbortSignal): Promise<void> {
    const { stalledMs, isDue } = this.#options;
    for (;;) {
      await pause(stalledMs / steps, signal);
      if (signal.aborted) return;
      this.#waited = isDue() ? this.#waited + 1 : 0;
      if (this.#waited >= steps) this.#set(true);
    }
  }

  onProgress(): void {
    this.#waited = 0;
    this.#set(false);
  }

  #set(isRaised: boolean): void {
    if (isRaised === this.#isRaised) return;
    this.#isRaised = isRaised;
    this.#options.onChange(isRaised);
  }
}
