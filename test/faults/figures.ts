import type { Figure } from './figure.ts';
import { imapFigure } from './imap/imap-figure.ts';

/** Every figure, in the order of the table. */
export const figures: readonly Figure[] = [imapFigure];
