import { lazy, Suspense, useState, type ComponentType } from 'react';

const loaders: (() => Promise<unknown>)[] = [];

/**
 * A component whose code is read when it is first shown, or before by {@link loadDeferred}; then it is there at once.
 *
 * Call it outside of components.
 */
export function deferred<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
): ComponentType<Props> {
  let loaded: ComponentType<Props> | null = null;
  const Later = lazy(async () => ({ default: await load() }));
  loaders.push(async () => {
    loaded = await load();
  });
  return function Deferred(props: Props) {
    // Who began to wait goes on with what was waited for: another kind of component would begin anew.
    const [Now] = useState<ComponentType<Props> | null>(() => loaded);
    if (Now !== null) return <Now {...props} />;
    return (
      <Suspense fallback={null}>
        <Later {...props} />
      </Suspense>
    );
  };
}

/** Reads the code of everything that was put off, one after the other, whenever the page has nothing else to do. */
export function loadDeferred(): void {
  const load = loaders.shift();
  if (load === undefined) return;
  requestIdleCallback(
    () => {
      // What could not be read now is tried again when it is shown.
      void load().then(loadDeferred, loadDeferred);
    },
    { timeout: 2000 },
  );
}
