import type { Attention } from '#shared/bridge/attention.ts';
import type { TicketId } from '#shared/ids.ts';

/** A notification of the operating system. */
export interface DesktopNotification {
  readonly title: string;
  readonly body: string;
  /** What a click on it opens; null: the desk as it is. */
  readonly ticketId: TicketId | null;
}

/** Where the operating system shows what an agent should notice. */
export interface Desktop {
  /** By tray and badge. */
  showCounts(counts: Attention): void;
  /** In place of the notification before, where it still stands. */
  notify(notification: DesktopNotification): void;
  /** Takes back what still stands: it is for nobody who may look now. */
  clearNotifications(): void;
  isLocked(): boolean;
  /** Opens a file in the system's program for it; false when there is none. */
  openPath(path: string): Promise<boolean>;
}
