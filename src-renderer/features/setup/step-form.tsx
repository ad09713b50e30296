import { useRef, type ReactNode } from 'react';
import { useFirstField } from '../../ui/use-first-field.ts';
import { useKeys } from '../../ui/use-keys.ts';

/** A step as a form: Enter goes on, Alt and the left arrow go back. */
export function StepForm({
  label,
  onNext,
  onBack,
  children,
}: {
  readonly label: string;
  readonly onNext: (form: HTMLFormElement) => void;
  readonly onBack: (() => void) | null;
  readonly children: ReactNode;
}) {
  const form = useRef<HTMLFormElement>(null);
  useFirstField(form);
  useKeys(form, (event) => {
    if (!event.altKey || event.code !== 'ArrowLeft' || onBack === null) return false;
    onBack();
    return true;
  });
  return (
    <form
      ref={form}
      noValidate
      className="form"
      aria-label={label}
      onSubmit={(event) => {
        event.preventDefault();
        onNext(event.currentTarget);
      }}
    >
      {children}
    </form>
  );
}
