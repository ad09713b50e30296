import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { usePicking } from './use-picking.ts';

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
  const [text, setText] = useState('');
  const found = choices.filter((choice) => isFound(choice, text));
  const picking = usePicking(found, ({ id }) => onChoose(id));
  return (
    <>
      <TextInput
        label={label}
        value={text}
        data-autofocus
        {...picking.field}
        onChange={(event) => {
          setText(event.currentTarget.value);
          picking.restart();
        }}
      />
      <div {...picking.list} className="choices" aria-label={label}>
        {found.map((choice) => (
          <div
            key={choice.id}
            {...picking.option(choice)}
            className="choice"
            data-current={choice.isCurrent === true || undefined}
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
