const minuteMs = 60_000;

/** How long something waits already, in the largest unit that it has one of. */
export interface Age {
  readonly unit: 'minutes' | 'hours' | 'days';
  readonly count: number;
}

/** Null within the first minute. */
export function outboxAge(sinceAt: number, now: number): Age | null {
  const minutes = Math.floor((now - sinceAt) / minuteMs);
  if (minutes < 1) return null;
  if (minutes < 60) return { unit: 'minutes', count: minutes };
  if (minutes < 24 * 60) return { unit: 'hours', count: Math.floor(minutes / 60) };
  return { unit: 'days', count: Math.floor(minutes / (24 * 60)) };
}
