import { createHash } from 'node:crypto';
import { v7 as newUuid } from 'uuid';
import type { LetterId, OperationId } from '#shared/ids.ts';
import type { LetterFacts } from '#shared/ticket/letter.ts';
import { defaultCategories } from '#shared/regulation/category.ts';
import type { Operation } from '#shared/ticket/operation.ts';
import { askApi } from '#test/fakes/call-api.ts';

const batchSize = 500;
const subjects = [
  'Не открывается раздел «Новости» на сайте учреждения',
  'Пропали оценки в электронном дневнике',
  'Просьба увеличить дисковую квоту',
  'Не приходят письма на адрес приёмной',
  'Ошибка при входе учителя',
  'Как выгрузить отчёт за четверть',
];
const names = ['Иванова Мария Петровна', 'Міцкевіч Алесь', 'Ковалёва Ганна', 'Громов Борис Ильич'];

/**
 * Brings so many tickets into an API through its own routes: a letter each, the oldest first, the last one at `until`;
 * every fifth has a kind of work.
 */
export async function fillApi(url: string, token: string, count: number, until: number): Promise<void> {
  const spacingMs = (500 * 24 * 3_600_000) / count;
  for (let from = 0; from < count; from += batchSize) {
    const letters = Array.from({ length: Math.min(batchSize, count - from) }, (_, index) =>
      letterOf(from + index, Math.round(until - (count - from - index) * spacingMs)),
    );
    const answer = await askApi(url, 'ingest', token, { body: { letters } });
    const operations = answer.letters.flatMap(({ disposition }, index): Operation[] => {
      if (index % 5 !== 0 || disposition.state !== 'ticket') return [];
      const category = defaultCategories[((from + index) / 5) % defaultCategories.length]?.id ?? null;
      const head = { id: newUuid() as OperationId, ticketId: disposition.ticketId, madeAt: Date.now() };
      return [{ ...head, kind: 'classify-ticket', category }];
    });
    await askApi(url, 'pushOperations', token, { body: { operations } });
  }
}

function letterOf(index: number, receivedAt: number): LetterFacts {
  const school = index % 997;
  return {
    id: `1:${createHash('sha256').update(String(index)).digest('hex')}` as LetterId,
    location: { folder: 'inbox', uidValidity: '1', uid: index + 1 },
    messageId: `<letter-${index}@school${school}.example.by>`,
    inReplyTo: [],
    references: [],
    from: {
      name: `${names[index % names.length] ?? ''}, школа ${school}`,
      address: `director${index}@school${school}.example.by`,
    },
    to: [{ name: 'СТП', address: 'info@example.by' }],
    cc: [],
    subject: `${subjects[index % subjects.length] ?? ''}, № ${index}`,
    receivedAt,
    size: 7_300,
    kind: 'human',
    bounce: null,
    hops: 0,
  };
}
