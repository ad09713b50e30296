// @vitest-environment jsdom
import { act } from 'react';
import { createRoot } from 'react-dom/client';
import { beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { usePressed } from '#renderer/features/queue/use-pressed.ts';

beforeAll(() => vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true));

/** A list of which every click tells what it meant. */
function list(items: readonly string[]) {
  const meant: (string | undefined)[] = [];
  function List({ shown }: { readonly shown: readonly string[] }) {
    const { onPointerDown, pressed } = usePressed((target) => shown[Number(target.id)]);
    return (
      <button type="button" onPointerDown={onPointerDown} onClick={(event) => meant.push(pressed(event))}>
        {shown.map((item, place) => (
          <span key={item} id={String(place)} />
        ))}
      </button>
    );
  }
  const place = document.body.appendChild(document.createElement('div'));
  const root = createRoot(place);
  const show = (shown: readonly string[]) => act(() => root.render(<List shown={shown} />));
  onTestFinished(() => {
    act(() => root.unmount());
    place.remove();
  });
  show(items);
  const at = (row: number, init: MouseEventInit & { readonly type: string }) =>
    act(() => {
      const Kind = init.type === 'pointerdown' ? PointerEvent : MouseEvent;
      place.querySelector(`[id="${row}"]`)?.dispatchEvent(new Kind(init.type, { bubbles: true, ...init }));
    });
  return {
    meant,
    show,
    press: (row: number, x = 0) => at(row, { type: 'pointerdown', clientX: x }),
    click: (row: number, x = 0, detail = 1) => at(row, { type: 'click', clientX: x, detail }),
  };
}

test('a click means what was pressed, wherever that is by then', () => {
  const { meant, show, press, click } = list(['a', 'b']);
  press(1);
  show(['new', 'a', 'b']);
  click(1);
  expect(meant).toEqual(['b']);
});

test('a hand that trembles still presses, one that moves away does not', () => {
  const { meant, press, click } = list(['a', 'b']);
  press(0);
  click(0, 8);
  press(0);
  click(0, 9);
  expect(meant).toEqual(['a', undefined]);
});

test('without a pointer a click means what it clicks, also after a press that came to nothing', () => {
  const { meant, press, click } = list(['a', 'b']);
  click(0, 0, 0);
  press(0, 300);
  click(1, 0, 0);
  expect(meant).toEqual(['a', 'b']);
});
