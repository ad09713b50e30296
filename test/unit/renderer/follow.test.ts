import { expect, test } from 'vitest';
import type { BridgeError } from '#shared/bridge/bridge-error.ts';
import { ok, type Result } from '#shared/result.ts';
import { follow } from '#renderer/state/follow.ts';

type Answer = Result<string, BridgeError>;

function followed() {
  const question = Promise.withResolvers<Answer>();
  const listeners = new Set<(value: string) => void>();
  const shown: string[] = [];
  const stop = follow(
    () => question.promise,
    (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    (value) => shown.push(value),
  );
  const answer = async (result: Answer): Promise<void> => {
    question.resolve(result);
    await question.promise;
  };
  const change = (value: string): void => listeners.forEach((listener) => listener(value));
  return { shown, stop, answer, change };
}

test('shows the answer, then every change', async () => {
  const { shown, answer, change } = followed();
  await answer(ok('answer'));
  change('first');
  change('second');
  expect(shown).toEqual(['answer', 'first', 'second']);
});

test('an answer that a change overtook is not shown', async () => {
  const { shown, answer, change } = followed();
  change('newer');
  await answer(ok('older'));
  expect(shown).toEqual(['newer']);
});

test('a failed question shows nothing, the next change does', async () => {
  const { shown, answer, change } = followed();
  await answer({ ok: false, error: { kind: 'internal' } });
  expect(shown).toEqual([]);
  change('changed');
  expect(shown).toEqual(['changed']);
});

test('nothing is shown after the end', async () => {
  const { shown, stop, answer, change } = followed();
  stop();
  change('late');
  await answer(ok('later'));
  expect(shown).toEqual([]);
});
