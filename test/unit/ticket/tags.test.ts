import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Operation } from '#shared/ticket/operation.ts';
import { absorbTicket } from '#shared/ticket/operations/merge-ticket.ts';
import { normaliseTag } from '#shared/ticket/tags.ts';
import type { TicketId } from '#shared/ids.ts';
import {
  anna,
  apply,
  boris,
  hour,
  operation,
  receivedAt,
  rejectionOf,
  rules,
  ticket,
  uuid,
} from './ticket-steps.ts';

const tag = (add: string[], remove: string[] = []): Operation =>
  operation('tag-ticket', receivedAt + hour, { add, remove });
const tagged = (...tags: string[]) => apply(ticket(), [tag(tags), anna]);

describe('tags', () => {
  it.each([
    ['  Сайт \n школы ', 'сайт школы'],
    ['СРОЧНО', 'срочно'],
    ['И\u0306од', 'йод'],
    ['a\u202Eb\u200Bc\u0000', 'abc'],
    [' \t\u00A0', ''],
    ['\u200B', ''],
  ])('%j is kept as %j', (typed, kept) => {
    expect(normaliseTag(typed)).toBe(kept);
  });

  it('are put on once, in order, and taken off in any spelling', () => {
    expect(tagged('сайт', 'Архив', 'САЙТ ').tags).toEqual(['архив', 'сайт']);
    expect(apply(tagged('сайт', 'архив'), [tag([], ['Сайт', 'нет такой']), boris]).tags).toEqual(['архив']);
  });

  it('what is both put on and taken off stays', () => {
    expect(apply(tagged('сайт'), [tag(['сайт'], ['сайт']), anna]).tags).toEqual(['сайт']);
  });

  it('are changed on a closed ticket as well, and nothing else is', () => {
    const closed = apply(ticket(), [
      operation('close-ticket', receivedAt, { outcome: 'no-answer-needed', reason: 'x' }),
      anna,
    ]);
    expect(apply(closed, [tag(['архив']), boris])).toEqual({ ...closed, tags: ['архив'] });
  });

  it.each([[tag([])], [tag([' '])], [tag([], ['\u200B'])]])('no word is refused', (step) => {
    expect(rejectionOf(ticket(), step)).toBe('text-required');
  });

  it('what two agents change at once both counts, in whichever order it arrives', () => {
    const words = fc.uniqueArray(fc.constantFrom('сайт', 'почта', 'архив', 'срочно'), { maxLength: 4 });
    const half = fc.record({ add: words, remove: words });
    fc.assert(
      fc.property(words, half, half, (before, one, other) => {
        // Only where they do not say the opposite of the same tag does the order not matter.
        fc.pre(!one.add.some((word) => other.remove.includes(word)));
        fc.pre(!other.add.some((word) => one.remove.includes(word)));
        const start = { ...ticket(), tags: before.toSorted() };
        const steps = [one, other]
          .filter(({ add, remove }) => add.length + remove.length > 0)
          .map(({ add, remove }) => [tag(add, remove), anna] as const);
        expect(apply(start, ...steps).tags).toEqual(apply(start, ...steps.toReversed()).tags);
      }),
    );
  });

  it('of a ticket that is given up go to the other one', () => {
    const other = { ...tagged('почта', 'сайт'), id: uuid(101) as TicketId };
    expect(absorbTicket(other, tagged('архив', 'сайт'), rules)).toMatchObject({
      ok: true,
      value: { tags: ['архив', 'почта', 'сайт'] },
    });
  });
});
