import { expect, test } from 'vitest';
import { chunksOf } from '#shared/chunks.ts';

const limits = { items: 3, weight: 10 };

test.each([
  { title: 'nothing', weights: [], chunks: [] },
  { title: 'what fits', weights: [5, 5], chunks: [[5, 5]] },
  { title: 'too many', weights: [1, 1, 1, 1], chunks: [[1, 1, 1], [1]] },
  { title: 'too much together', weights: [6, 5, 5, 1], chunks: [[6], [5, 5], [1]] },
  { title: 'too much alone', weights: [1, 40, 1], chunks: [[1], [40], [1]] },
])('shares out $title', ({ weights, chunks }) => {
  expect(chunksOf(weights, (weight) => weight, limits)).toEqual(chunks);
});
