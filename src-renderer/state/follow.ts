import type { BridgeError } from '#shared/bridge/bridge-error.ts';
import type { Result } from '#shared/result.ts';

/**
 * Shows what the main process has now and whatever it becomes, until the function that this returns is called.
 *
 * What is heard while the answer is on its way is newer than the answer. A question that fails shows nothing; the next
 * change does.
 */
export function follow<Value>(
  ask: () => Promise<Result<Value, BridgeError>>,
  listen: (listener: (value: Value) => void) => () => void,
  show: (value: Value) => void,
): () => void {
  let waiting = true;
  const stop = listen((changed) => {
    waiting = false;
    show(changed);
  });
  void ask().then((got) => {
    if (waiting && got.ok) show(got.value);
  });
  return () => {
    waiting = false;
    stop();
  };
}
