/** When a chunk is full. */
export interface ChunkLimits {
  readonly items: number;
  /** Of all its items together; an item that weighs more alone gets a chunk of its own. */
  readonly weight: number;
}

/** Shares items out over as few chunks as a single pass in their order finds; none is empty. */
export function chunksOf<T>(items: readonly T[], weigh: (item: T) => number, limits: ChunkLimits): T[][] {
  const chunks: T[][] = [];
  let weight = 0;
  for (const item of items) {
    const current = chunks.at(-1);
    const own = weigh(item);
    if (current === undefined || current.length >= limits.items || weight + own > limits.weight) {
      chunks.push([item]);
      weight = own;
    } else {
      current.push(item);
      weight += own;
    }
  }
  return chunks;
}
