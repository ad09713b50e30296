/** Throws unless both are the same as JSON. The contract runs in pages, where no test runner is. */
export function demandEqual(actual: unknown, expected: unknown): void {
  const [left, right] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (left !== right) throw new Error(`got ${left}\nwanted ${right}`);
}
