// @vitest-environment jsdom
import { MantineProvider } from '@mantine/core';
import { act } from 'react';
import { createRoot } from 'react-dom/client';
import { beforeAll, expect, test, vi } from 'vitest';
import { FactField } from '#renderer/features/ticket/work-facts/fact-field.tsx';

beforeAll(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
  // What jsdom does not know and Mantine asks for.
  vi.stubGlobal('matchMedia', () => ({
    matches: false,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }));
});

/** A field on the page in which `written` stands by now. */
function fill(written: string) {
  const place = document.body.appendChild(document.createElement('div'));
  const root = createRoot(place);
  const saved: [string, boolean][] = [];
  const left = vi.fn<() => void>();
  act(() =>
    root.render(
      <MantineProvider>
        <FactField
          label="Адрес сайта"
          text="школа.бел"
          onSave={(text, goesOn) => void saved.push([text, goesOn])}
          onCancel={left}
        />
      </MantineProvider>,
    ),
  );
  const field = place.querySelector('input');
  if (field === null) throw new Error('no field');
  act(() => {
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(field, written);
    field.dispatchEvent(new Event('input', { bubbles: true }));
  });
  const go = () => {
    act(() => root.unmount());
  };
  return { field, saved, left, go };
}

test('what is written when the ticket goes from the screen is kept, once', () => {
  const { saved, go } = fill(' лицей.бел ');
  go();
  expect(saved).toEqual([['лицей.бел', false]]);
});

test('what was given up, or stayed as it was, is not written', () => {
  const same = fill('школа.бел ');
  same.go();
  expect(same.saved).toEqual([]);
  const { field, saved, left, go } = fill('лицей.бел');
  act(() => {
    field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
  });
  go();
  expect(left).toHaveBeenCalledOnce();
  expect(saved).toEqual([]);
});
