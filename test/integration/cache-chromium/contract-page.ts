import { cacheContract } from '#test/unit/cache/cache-contract.ts';

/** Runs one behaviour of the contract; null when it holds, else what went wrong. */
export async function checkBehaviour(behaviour: string): Promise<string | null> {
  const found = cacheContract.find((one) => one.behaviour === behaviour);
  if (found === undefined) return 'no such behaviour';
  try {
    await found.check();
    return null;
  } catch (error) {
    return error instanceof Error ? `${error.message}\n${error.stack}` : String(error);
  }
}
