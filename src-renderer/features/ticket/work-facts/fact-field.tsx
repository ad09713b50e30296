import { TextInput } from '@mantine/core';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useFirstField } from '../../../ui/use-first-field.ts';

/**
 * Where one fact is written down: Enter keeps it and goes on to the next, Escape leaves it as it was. Whatever else ends
 * it, as another ticket that comes to the screen, keeps it too.
 */
export function FactField({
  label,
  text,
  onSave,
  onCancel,
}: {
  readonly label: string;
  readonly text: string;
  /** `goesOn` where the keyboard is to go to what is missing next. */
  readonly onSave: (text: string, goesOn: boolean) => void;
  readonly onCancel: () => void;
}) {
  const [written, setWritten] = useState(text);
  const form = useRef<HTMLFormElement>(null);
  const isDone = useRef(false);
  useFirstField(form);
  /** Once: the field also loses the keyboard when it goes. */
  const end = (how: () => void) => {
    if (isDone.current) return;
    isDone.current = true;
    how();
  };
  const keepRest = useEffectEvent(() => {
    if (written.trim() !== text) end(() => onSave(written.trim(), false));
  });
  useEffect(() => () => keepRest(), []);
  return (
    <form
      ref={form}
      className="fact-field"
      onSubmit={(event) => {
        event.preventDefault();
        end(() => onSave(written.trim(), true));
      }}
    >
      <TextInput
        label={label}
        size="xs"
        value={written}
        maxLength={2000}
        onChange={(event) => setWritten(event.currentTarget.value)}
        onBlur={() => end(() => onSave(written.trim(), false))}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.preventDefault();
          end(onCancel);
        }}
      />
    </form>
  );
}
