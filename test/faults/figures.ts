import type { Figure } from './figure.ts';

/** Every figure, in the order of the table. */
export const figures: readonly Figure[] = [];
