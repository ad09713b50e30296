import type { UpdateState } from '#shared/bridge/update-state.ts';
import type { Result } from '#shared/result.ts';

export interface UpdateError {
  readonly kind: NonNullable<UpdateState['problem']>;
}

/** A version of the desk that is newer than this one. */
export interface NewerVersion {
  readonly version: string;
  /** What is new, as plain text. */
  readonly notes: string;
}

/** Finds, fetches and installs newer versions of the desk. */
export interface UpdateClient {
  /** Looks into the folder on a web server; null: nothing newer is there. */
  check(feedUrl: string): Promise<Result<NewerVersion | null, UpdateError>>;
  /** Fetches what `check` found. Resolves when it lies on disk and is the file that the feed promised. */
  download(onPercent: (percent: number) => void): Promise<Result<void, UpdateError>>;
  /** Ends the desk and starts the newer one. */
  install(): void;
}
