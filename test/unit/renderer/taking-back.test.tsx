// @vitest-environment jsdom
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import type { AgentId, LetterId, TicketId } from '#shared/ids.ts';
import { RuleBook } from '#shared/regulation/rule-book.ts';
import { OperationSchema, type Operation } from '#shared/ticket/operation.ts';
import { usePanels } from '#renderer/state/panels.ts';
import { useOperations, type TicketOperations } from '#renderer/state/use-operations.ts';
import { renderHook } from './render-hook.tsx';
import { ticket } from './sample-ticket.ts';

/** What takes an operation back, or why nothing does: a kind that is not decided here does not compile. */
const takingBack: Readonly<
  Record<
    Operation['kind'],
    | { readonly by: Operation['kind']; readonly how: (can: TicketOperations) => Promise<unknown> }
    | { readonly not: string }
  >
> = {
  'add-note': { not: 'the record is added to, never rewritten' },
  'add-participant': {
    by: 'remove-participant',
    how: (can) => can.setParticipant(open.id, 'd@school.example', true),
  },
  'assign-ticket': { by: 'assign-ticket', how: (can) => can.assign(open, colleague) },
  'change-client': { by: 'change-client', how: (can) => can.changeClient(open, { name: 'A', phone: '1' }) },
  'claim-ticket': { by: 'release-ticket', how: (can) => can.claim(open.id) },
  'classify-ticket': { by: 'classify-ticket', how: (can) => can.classify(open, 'domains') },
  'close-ticket': { by: 'reopen-ticket', how: (can) => can.close(open, 'done', '') },
  'create-ticket': { not: 'its number is known to the client; it is closed as not a request' },
  'escalate-ticket': { by: 'escalate-ticket', how: (can) => can.escalate(open, 'DEV-1') },
  'give-reason': {
    by: 'give-reason',
    how: (can) => can.giveReason(open, { id: 'reason', facts: {}, lookAgainAt: null }),
  },
  'link-tickets': { by: 'link-tickets', how: (can) => can.link(open.id, other, true) },
  'merge-ticket': { not: 'whose letters were whose is not kept; they are split off by hand' },
  'record-answer': { not: 'the letter has left' },
  'record-facts': { by: 'record-facts', how: (can) => can.recordFacts(open, { site: 'a.example' }) },
  'record-forward': { not: 'the letter has left' },
  'release-ticket': { by: 'claim-ticket', how: (can) => can.release(open.id) },
  'remove-participant': {
    by: 'add-participant',
    how: (can) => can.setParticipant(open.id, 'd@school.example', false),
  },
  'reopen-ticket': { not: 'to close is a decision with an outcome of its own' },
  'set-criticality': { by: 'set-criticality', how: (can) => can.setCritical(open, 'Urgent') },
  'snooze-ticket': { by: 'snooze-ticket', how: (can) => can.snooze(open, Date.now() + 3_600_000) },
  'split-ticket': { by: 'merge-ticket', how: (can) => can.split(open.id, 'Part', ['1:a' as LetterId]) },
  'tag-ticket': { by: 'tag-ticket', how: (can) => can.tag(open, ['сайт'], []) },
};

const open = ticket();
const colleague = '01900000-0000-7000-8000-000000000002' as AgentId;
const other = '01900000-0000-7000-8000-000000000003' as TicketId;

beforeAll(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
});

afterEach(() => usePanels.getState().forget());

/** What an agent can do at a desk that keeps what is submitted. */
function atDesk() {
  const submitted: Operation[] = [];
  const { calendar, deadline: policy } = RuleBook.shipped().current;
  const desk = {
    bridge: {
      call: (_: string, { operation }: { operation: Operation }) => {
        submitted.push(operation);
        return Promise.resolve({ ok: true, value: null });
      },
    },
    cache: { ahead: () => Promise.resolve(null) },
    calendar,
    policy,
    rules: RuleBook.shipped(),
    session: { agent: { id: '01900000-0000-7000-8000-000000000001' } },
    status: null,
  };
  const can = renderHook(desk, useOperations);
  return { can, submitted };
}

const kinds = OperationSchema.anyOf.map((schema) => schema.properties.kind.const);

test('every kind of operation is decided', () => {
  expect(Object.keys(takingBack).toSorted()).toEqual(kinds.toSorted());
});

test.each(kinds)('%s is taken back by what the table says', async (kind) => {
  const decided = takingBack[kind];
  if ('not' in decided) return;
  const { can, submitted } = atDesk();
  await decided.how(can);
  const { notice } = usePanels.getState();
  expect(notice?.action?.key).toBe('ticket.undo');
  notice?.action?.run();
  await Promise.resolve();
  expect(submitted.map((operation) => operation.kind)).toEqual([kind, decided.by]);
});

test('tags come back as they were, and no others with them', async () => {
  const { can, submitted } = atDesk();
  await can.tag({ ...open, tags: ['архив', 'сайт'] }, ['сайт', 'почта'], ['архив', 'нет такой']);
  usePanels.getState().notice?.action?.run();
  expect(submitted.at(-1)).toMatchObject({ add: ['архив'], remove: ['почта'] });
});

test('a client’s name and telephone come back as they were', async () => {
  const { can, submitted } = atDesk();
  await can.changeClient(open, { name: 'Мария', phone: '123' });
  usePanels.getState().notice?.action?.run();
  expect(submitted.at(-1)).toMatchObject({ name: open.client.name, phone: open.client.phone });
});
