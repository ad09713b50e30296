import { useEffect, useEffectEvent, type RefObject } from 'react';

/** Takes files that are dropped onto an element. */
export function useDroppedFiles(
  element: RefObject<HTMLElement | null>,
  onFiles: (files: readonly File[]) => void,
): void {
  const take = useEffectEvent(onFiles);
  useEffect(() => {
    const target = element.current;
    const allow = (event: DragEvent) => event.preventDefault();
    const drop = (event: DragEvent) => {
      event.preventDefault();
      take([...(event.dataTransfer?.files ?? [])]);
    };
    target?.addEventListener('dragover', allow);
    target?.addEventListener('drop', drop);
    return () => {
      target?.removeEventListener('dragover', allow);
      target?.removeEventListener('drop', drop);
    };
  }, [element]);
}
