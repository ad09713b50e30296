import type { EmitEvent } from '#shared/bridge/bridge-client.ts';
import type { Connection, DeskStatus } from '#shared/bridge/desk-status.ts';

const off: Connection = { state: 'off', problem: null, retryAt: null, lastSyncAt: null };

const nothing: DeskStatus = {
  mailbox: off,
  api: off,
  progress: null,
  clockOffsetMs: 0,
  pendingOperations: 0,
  rejectedOperations: 0,
  outgoing: 0,
  uncertain: 0,
  journalDamaged: false,
};

/**
 * What the status bar shows, gathered from everybody who knows a part of it.
 *
 * Windows hear of a change once a turn of the event loop, however many parts changed in it.
 */
export class StatusBoard {
  readonly #emit: EmitEvent;
  #status: DeskStatus = nothing;
  #announced = false;

  constructor(emit: EmitEvent) {
    this.#emit = emit;
  }

  get status(): DeskStatus {
    return this.#status;
  }

  change(part: Partial<DeskStatus>): void {
    this.#status = { ...this.#status, ...part };
    if (this.#announced) return;
    this.#announced = true;
    setImmediate(() => {
      this.#announced = false;
      this.#emit('status.changed', this.#status);
    });
  }

  /** Nobody is signed in. */
  reset(): void {
    this.change(nothing);
  }
}
