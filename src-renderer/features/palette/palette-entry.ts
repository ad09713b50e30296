import type { IconName } from '../../ui/icon.tsx';

/** The parts of the palette's list, in their order while nothing is asked. */
export const paletteGroups = [
  'ticket',
  'compose',
  'go',
  'section',
  'queue',
  'app',
  'tickets',
  'articles',
  'people',
] as const;
export type PaletteGroup = (typeof paletteGroups)[number];

/** One line of the palette. */
export interface PaletteEntry {
  readonly id: string;
  readonly group: PaletteGroup;
  readonly icon: IconName;
  readonly label: string;
  /** Beside the label, quieter. */
  readonly about?: string;
  readonly keys?: string;
  /** The label's words in the desk's language, folded. */
  readonly words: readonly string[];
  /** Those in the other languages and whatever else it may be sought by. */
  readonly otherWords: readonly string[];
  readonly run: () => void;
}
