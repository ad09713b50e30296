import { useId, useState, type KeyboardEvent } from 'react';

interface Item {
  readonly id: string;
}

/**
 * A field over a list of what it finds: arrows move the mark, Enter takes what is marked, a click takes what it hits.
 *
 * The keyboard stays in the field; what the parts are to each other is told to screen readers (ARIA combobox).
 */
export function usePicking<T extends Item>(found: readonly T[], onPick: (item: T) => void) {
  const base = useId();
  const [marked, setMarked] = useState(0);
  const place = Math.min(marked, found.length - 1);
  const chosen = found[place];
  const idOf = (item: T) => `${base}-${item.id}`;

  const mark = (wanted: number) => {
    const next = Math.max(0, Math.min(wanted, found.length - 1));
    setMarked(next);
    const item = found[next];
    if (item !== undefined) {
      document.querySelector(`#${CSS.escape(idOf(item))}`)?.scrollIntoView({ block: 'nearest' });
    }
  };
  return {
    /** What is marked; undefined where nothing was found. */
    chosen,
    /** Marks the first one, for another search. */
    restart: () => setMarked(0),
    field: {
      role: 'combobox',
      'aria-autocomplete': 'list',
      'aria-expanded': found.length > 0,
      'aria-controls': `${base}-list`,
      'aria-activedescendant': chosen === undefined ? undefined : idOf(chosen),
      onKeyDown: (event: KeyboardEvent) => {
        if (event.key === 'ArrowDown') mark(place + 1);
        else if (event.key === 'ArrowUp') mark(place - 1);
        else if (event.key === 'Enter' && chosen !== undefined) onPick(chosen);
        else return;
        event.preventDefault();
        event.stopPropagation();
      },
    },
    list: { id: `${base}-list`, role: 'listbox' },
    option: (item: T) => ({
      id: idOf(item),
      role: 'option',
      'aria-selected': item === chosen,
      tabIndex: -1,
      onClick: () => onPick(item),
      onKeyDown: (event: KeyboardEvent) => {
        if (event.key === 'Enter') onPick(item);
      },
    }),
  } as const;
}
