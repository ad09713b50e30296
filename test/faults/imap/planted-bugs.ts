import type { FetchMessageObject, FetchQueryObject, ImapFlow, SearchObject } from 'imapflow';
import { ok } from '#shared/result.ts';
import { UidSet } from '#shared/mail/uid-set.ts';
import type { IngestPort } from '#main/mailbox/ingest-port.ts';
import type { PlannedFault } from './fault-plan.ts';
import type { DeskPlant } from './faulted-desk.ts';

/** A bug that a desk could have, and the fault that brings it to light. */
export interface PlantedBug {
  readonly name: string;
  readonly shownBy: PlannedFault;
  /** Made anew for each desk: some of them remember. */
  readonly plant: () => DeskPlant;
}

export const plantedBugs: readonly PlantedBug[] = [
  { name: 'no reconcile', shownBy: 'desk killed', plant: () => ({ api: withoutReconcile() }) },
  {
    name: 'OK of a FETCH trusted',
    shownBy: 'OK with letters missing',
    plant: () => ({ open: changed(trustingFetch) }),
  },
  {
    name: 'UIDVALIDITY not looked at',
    shownBy: 'UIDVALIDITY change while offline',
    plant: () => ({ open: changed(oneUidValidity) }),
  },
];

/** What was asked about once is taken for told: whatever a lost connection or a killed desk left over stays so. */
function withoutReconcile(): (api: IngestPort) => IngestPort {
  const asked = new Map<string, UidSet>();
  return (api) => ({
    ...api,
    missing: async (query) => {
      const answer = await api.missing(query);
      if (!answer.ok) return answer;
      const key = `${query.folder} ${query.uidValidity}`;
      const before = asked.get(key) ?? UidSet.empty;
      asked.set(key, before.union(UidSet.parse(query.uids)));
      return ok({ uids: UidSet.parse(answer.value.uids).difference(before).format() });
    },
  });
}

type ChangeClient = () => (client: ImapFlow) => ImapFlow;

function changed(change: ChangeClient): NonNullable<DeskPlant['open']> {
  const changeClient = change();
  return (open) => async (onClose) => {
    const opened = await open(onClose);
    return opened.ok ? ok(changeClient(opened.value)) : opened;
  };
}

/** Letters that a FETCH with OK has left out are taken for gone. */
const trustingFetch: ChangeClient = () => {
  const gone = new Set<number>();
  return (client) =>
    overlaid(client, {
      fetch: async function* (range: string, query: FetchQueryObject, options: { uid: true }) {
        const came = new Set<number>();
        for await (const row of client.fetch(range, query, options) as AsyncIterable<FetchMessageObject>) {
          came.add(row.uid);
          yield row;
        }
        for (const uid of UidSet.parse(range).ascending()) if (!came.has(uid)) gone.add(uid);
      },
      search: async (query: SearchObject) => {
        const found = await client.search(query, { uid: true });
        if (!Array.isArray(found)) return found;
        return found.filter((uid) => !gone.has(uid));
      },
      get mailbox() {
        const { mailbox } = client;
        return mailbox === false ? mailbox : overlaid(mailbox, { exists: mailbox.exists - gone.size });
      },
    });
};

/** A mailbox that was numbered anew is taken for the one that was there before. */
const oneUidValidity: ChangeClient = () => {
  const first = new Map<string, bigint>();
  return (client) =>
    overlaid(client, {
      get mailbox() {
        const { mailbox } = client;
        if (mailbox === false) return mailbox;
        const uidValidity = first.get(mailbox.path) ?? mailbox.uidValidity;
        first.set(mailbox.path, uidValidity);
        return overlaid(mailbox, { uidValidity });
      },
    });
};

/** The same object but for these properties. */
function overlaid<T extends object>(target: T, over: object): T {
  return new Proxy(target, {
    get: (_, key) => {
      if (key in over) return Reflect.get(over, key) as unknown;
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}
