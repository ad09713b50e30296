import { useEffect, useEffectEvent, type RefObject } from 'react';

/** Takes files that are dropped onto an element; while they hang over it, it has the attribute `data-dropping`. */
export function useDroppedFiles(
  element: RefObject<HTMLElement | null>,
  onFiles: (files: readonly File[]) => void,
): void {
  const take = useEffectEvent(onFiles);
  useEffect(() => {
    const target = element.current;
    if (target === null) return;
    const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
    const over = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      target.dataset['dropping'] = '';
    };
    const leave = (event: DragEvent) => {
      const isInside = event.relatedTarget instanceof Node && target.contains(event.relatedTarget);
      if (!isInside) delete target.dataset['dropping'];
    };
    const drop = (event: DragEvent) => {
      delete target.dataset['dropping'];
      if (!hasFiles(event)) return;
      event.preventDefault();
      take([...(event.dataTransfer?.files ?? [])]);
    };
    // What stands in the element may take a drop of its own, so that the end of it is heard on the way down.
    const end = () => delete target.dataset['dropping'];
    target.addEventListener('dragover', over);
    target.addEventListener('dragleave', leave);
    target.addEventListener('drop', drop);
    target.addEventListener('drop', end, true);
    return () => {
      target.removeEventListener('dragover', over);
      target.removeEventListener('dragleave', leave);
      target.removeEventListener('drop', drop);
      target.removeEventListener('drop', end, true);
    };
  }, [element]);
}
