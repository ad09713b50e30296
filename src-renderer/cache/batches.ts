/** When a batch is full. */
export interface BatchLimits {
  readonly items: number;
  readonly weight: number;
  /** A batch waits this long for company, from its first item on. */
  readonly lingerMs: number;
}

/**
 * Gathers items that come close together, so that they are stored in one transaction.
 *
 * Reads ahead by one item only: whoever takes batches slowly slows the source down.
 */
export async function* inBatches<T>(
  items: AsyncIterable<T>,
  weigh: (item: T) => number,
  limits: BatchLimits,
): AsyncGenerator<T[]> {
  const iterator = items[Symbol.asyncIterator]();
  try {
    let next = iterator.next();
    for (let read = await next; read.done !== true; read = await next) {
      const batch = [read.value];
      let weight = weigh(read.value);
      next = iterator.next();
      const linger = alarm(limits.lingerMs);
      while (batch.length < limits.items && weight < limits.weight) {
        const more = await Promise.race([next, linger.rung]);
        if (more === null || more.done === true) break;
        batch.push(more.value);
        weight += weigh(more.value);
        next = iterator.next();
      }
      linger.stop();
      // A failure of the source surfaces after the batch that came before it.
      next.catch(() => null);
      yield batch;
    }
  } finally {
    await iterator.return?.();
  }
}

function alarm(afterMs: number): { readonly rung: Promise<null>; stop(): void } {
  const { promise, resolve } = Promise.withResolvers<null>();
  const timer = setTimeout(() => resolve(null), afterMs);
  return {
    rung: promise,
    stop: () => {
      clearTimeout(timer);
      resolve(null);
    },
  };
}
