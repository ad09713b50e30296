import type { Figure } from './figure.ts';
import { imapFigure } from './imap/imap-figure.ts';
import { ingestFigure } from './ingest/ingest-figure.ts';
import { journalFigure } from './journal/journal-figure.ts';
import { killsFigure } from './kills/kills-figure.ts';
import { apiFigure } from './schedules/api-figure.ts';
import { networkFigure } from './network/network-figure.ts';
import { scheduleFigure } from './schedules/schedule-figure.ts';
import { claimsFigure } from './send/claims-figure.ts';
import { sendFigure } from './send/send-figure.ts';

/** Every figure, in the order of the table. */
export const figures: readonly Figure[] = [
  sendFigure,
  claimsFigure,
  imapFigure,
  ingestFigure,
  apiFigure,
  scheduleFigure,
  journalFigure,
  killsFigure,
  networkFigure,
];
