/**
 * A stopwatch of what this thread computes: milliseconds of CPU since it was made.
 *
 * What takes quadratic time takes minutes of it, whatever else the machine does meanwhile.
 */
export function startCpuTime(): () => number {
  const before = process.threadCpuUsage();
  return () => {
    const { user, system } = process.threadCpuUsage(before);
    return (user + system) / 1000;
  };
}
