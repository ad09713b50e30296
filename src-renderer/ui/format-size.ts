const units = ['B', 'kB', 'MB', 'GB'] as const;

/** A size in the largest unit that leaves at least 1, decimal (1 kB is 1000 B); the caller has words for the unit. */
export function scaleSize(bytes: number): { readonly value: number; readonly unit: (typeof units)[number] } {
  let value = bytes;
  let index = 0;
  while (value >= 999.5 && index < units.length - 1) {
    value /= 1000;
    index += 1;
  }
  const rounded = value < 10 && index > 0 ? Math.round(value * 10) / 10 : Math.round(value);
  return { value: rounded, unit: units[index] ?? 'B' };
}
