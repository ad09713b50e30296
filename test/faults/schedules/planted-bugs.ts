import { randomUUID } from 'node:crypto';
import type { ApiRouteName } from '#shared/protocol/api-routes.ts';
import type { CallInput } from '#main/tickets/api-client.ts';
import type { OperationBatch } from '#shared/protocol/operations.ts';
import type { DeskApi } from './schedule-desk.ts';
import type { Meddler } from './faulty-way.ts';
import type { PlantedBug } from './run-schedule.ts';

/** What the schedules must find; each is a way to lose or to double work that a desk could have. */
export const plantedBugs: readonly PlantedBug[] = [
  { name: 'no deduplication', onWay: newIdsEachTime },
  { name: 'a page of the feed skipped', inDesk: skipsPages },
  { name: 'pending forgotten after a lost answer', inDesk: forgetsPending },
];

/** Every push looks new to the API, also one that it had before. */
function newIdsEachTime(): Meddler {
  const known = new Map<string, string>();
  return {
    request: (path, body) => {
      if (path !== '/v1/operations') return body;
      const { operations } = JSON.parse(body) as OperationBatch;
      const renamed = operations.map((operation) => {
        const id = randomUUID();
        known.set(id, operation.id);
        return { ...operation, id };
      });
      return JSON.stringify({ operations: renamed });
    },
    answer: (path, body) => {
      if (path !== '/v1/operations') return body;
      return body.replaceAll(/"(?:id|by)":"([^"]+)"/gu, (found: string, id: string) =>
        found.replace(id, known.get(id) ?? id),
      );
    },
  };
}

/** Believes of every fourth page that it was read. */
function skipsPages(api: DeskApi): DeskApi {
  let pages = 0;
  return replaced(api, 'pullChanges', (answer) => {
    const page = answer as { readonly ok: boolean; readonly value: { readonly changes: readonly unknown[] } };
    if (!page.ok || page.value.changes.length === 0) return answer;
    pages += 1;
    return pages % 4 === 0 ? { ok: true, value: { ...page.value, changes: [] } } : answer;
  });
}

/** Takes a push that ended in a broken connection for done. */
function forgetsPending(api: DeskApi): DeskApi {
  return replaced(api, 'pushOperations', (answer, input) => {
    const pushed = answer as { readonly ok: boolean; readonly error: { readonly kind: string } };
    if (pushed.ok || pushed.error.kind !== 'unreachable') return answer;
    const { operations } = input.body as OperationBatch;
    const answers = operations.map(({ id }) => ({ id, outcome: 'applied', version: 1, duplicate: false }));
    return { ok: true, value: { answers } };
  });
}

function replaced(
  api: DeskApi,
  route: ApiRouteName,
  change: (answer: unknown, input: { readonly body?: unknown }) => unknown,
): DeskApi {
  const call = async <N extends ApiRouteName>(
    name: N,
    input: CallInput<N>,
    options?: Parameters<DeskApi['call']>[2],
  ): Promise<unknown> => {
    const answer = await api.call(name, input, options);
    return name === route ? change(answer, input) : answer;
  };
  return {
    call: call as DeskApi['call'],
    subscribe: (listener) => api.subscribe(listener),
    openStream: (path, options) => api.openStream(path, options),
  };
}
