import type { Draft } from '#shared/bridge/draft.ts';

/**
 * Writes a draft, of a letter or of something else, as it is typed: soon after each change, at once on demand, never two writes at a time.
 *
 * The newest text wins; a write that fails is tried again with the next change or flush.
 */
export class DraftSaver<T = Draft> {
  readonly #save: (draft: T) => Promise<boolean>;
  readonly #delayMs: number;
  #unsaved: T | null = null;
  #writing: Promise<boolean> | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #abandoned = false;

  /** `save` resolves to whether the draft is on disk. */
  constructor(save: (draft: T) => Promise<boolean>, delayMs: number) {
    this.#save = save;
    this.#delayMs = delayMs;
  }

  /** Notes the newest state of the draft. */
  change(draft: T): void {
    if (this.#abandoned) return;
    this.#unsaved = draft;
    this.#timer ??= setTimeout(() => {
      void this.flush();
    }, this.#delayMs);
  }

  /** Resolves to whether everything that was changed up to now is on disk. */
  async flush(): Promise<boolean> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    while (this.#writing !== null) await this.#writing;
    const draft = this.#unsaved;
    if (draft === null) return true;
    this.#unsaved = null;
    this.#writing = this.#save(draft);
    const saved = await this.#writing;
    this.#writing = null;
    if (!saved) this.#unsaved ??= draft;
    return saved && (this.#unsaved === null || (await this.flush()));
  }

  /**
   * Ends the saving of a draft that was thrown away or sent: nothing is written any more, whatever still changes, so
   * that it cannot come back. Resolves when no write is under way.
   */
  async abandon(): Promise<void> {
    this.#abandoned = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#unsaved = null;
    if (this.#writing !== null) await this.#writing;
    this.#unsaved = null;
  }
}
