import { TextInput } from '@mantine/core';
import { useId, useState } from 'react';

/** One of many things to choose from. */
export interface Choice<Id extends string> {
  readonly id: Id;
  readonly label: string;
  readonly detail?: string;
  /** What holds at present. */
  readonly isCurrent?: boolean;
}

/**
 * A short list to choose from by typing a part of it, arrows and Enter, or the mouse.
 *
 * Every word typed has to be somewhere in the label or the detail; the first that fits is marked.
 */
export function ChoiceList<Id extends string>({
  label,
  choices,
  nothing,
  onChoose,
}: {
  readonly label: string;
  readonly choices: readonly Choice<Id>[];
  /** Said where nothing fits. */
  readonly nothing: string;
  readonly onChoose: (id: Id) => void;
}) {
  const base = useId();
  const [text, setText] = useState('');
  const [marked, setMarked] = useState(0);
  const found = choices.filter((choice) => isFound(choice, text));
  const chosen = found[marked];

  const mark = (place: number) => {
    const next = Math.max(0, Math.min(place, found.length - 1));
    setMarked(next);
    const option = found[next];
    if (option !== undefined) {
      document.querySelector(`#${CSS.escape(`${base}-${option.id}`)}`)?.scrollIntoView({ block: 'nearest' });
    }
  };
  return (
    <>
      <TextInput
        label={label}
        value={text}
        data-autofocus
        role="combobox"
        aria-autocomplete="list"
        aria-expanded={found.length > 0}
        aria-controls={`${base}-list`}
        aria-activedescendant={chosen === undefined ? undefined : `${base}-${chosen.id}`}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setMarked(0);
        }}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown') mark(marked + 1);
          else if (event.key === 'ArrowUp') mark(marked - 1);
          else if (event.key === 'Enter' && chosen !== undefined) onChoose(chosen.id);
          else return;
          event.preventDefault();
        }}
      />
      <div id={`${base}-list`} className="choices" role="listbox" aria-label={label}>
        {found.map((choice, place) => (
          <div
            key={choice.id}
            id={`${base}-${choice.id}`}
            className="choice"
            role="option"
            aria-selected={place === marked}
            data-current={choice.isCurrent === true || undefined}
            tabIndex={-1}
            onClick={() => onChoose(choice.id)}
            onKeyDown={(event) => {
              if (event.key === 'Enter') onChoose(choice.id);
            }}
          >
            <span>{choice.label}</span>
            {choice.detail !== undefined && <span className="quiet">{choice.detail}</span>}
          </div>
        ))}
      </div>
      {found.length === 0 && <output className="quiet">{nothing}</output>}
    </>
  );
}

function isFound({ label, detail = '' }: Choice<string>, text: string): boolean {
  const all = fold(`${label} ${detail}`);
  return fold(text)
    .split(/\s+/u)
    .every((word) => all.includes(word));
}

function fold(text: string): string {
  return text.toLowerCase().replaceAll('\u0451', '\u0435');
}
