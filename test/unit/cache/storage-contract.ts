import { Dexie } from 'dexie';
import { Base } from '#renderer/cache/base.ts';
import { jsonBytes } from '#renderer/cache/bytes.ts';
import type { CacheState } from '#renderer/cache/cache-client.ts';
import { CacheDatabase, databaseName } from '#renderer/cache/database.ts';
import { LetterStore } from '#renderer/cache/letter-store.ts';
import { SealedBox } from '#renderer/cache/sealed-box.ts';
import type { Behaviour } from './cache-contract.ts';
import { CacheDesk, newProfile, sampleKey, until, wholeQueue } from './cache-desk.ts';
import { demandEqual } from './demand.ts';
import {
  folderFrame,
  letterChange,
  letterFrame,
  sampleClaim,
  sampleLetter,
  sampleLetterId,
  sampleNoteDraft,
  sampleTicket,
  sampleTicketId,
  secretWords,
  ticketChange,
} from './samples.ts';

/** Every record of a database with its keys, as IndexedDB gives them. */
async function storedRecords(profileId: string): Promise<unknown[]> {
  const database = await new Dexie(databaseName(profileId)).open();
  const records = await Promise.all(database.tables.map(async (table) => table.toArray()));
  database.close();
  return records.flat();
}

/** All that somebody who reads the disk could see, as text in the encodings it might lie in. */
function readableText(value: unknown): string {
  if (value instanceof Uint8Array) {
    return ['utf-8', 'utf-16le', 'windows-1251'].map((name) => new TextDecoder(name).decode(value)).join();
  }
  if (Array.isArray(value)) return value.map(readableText).join();
  if (typeof value === 'object' && value !== null) return Object.values(value).map(readableText).join();
  return String(value);
}

/** Makes the next put into a store fail, as a full disk would. */
function failNextPut(storeName: string): void {
  const { prototype } = IDBObjectStore;
  const put: (this: IDBObjectStore, value: unknown, key?: IDBValidKey) => IDBRequest<IDBValidKey> =
    Reflect.get(prototype, 'put');
  prototype.put = function putOnce(this: IDBObjectStore, value: unknown, key?: IDBValidKey) {
    if (this.name !== storeName) return put.call(this, value, key);
    prototype.put = put;
    throw new DOMException('no space left', 'QuotaExceededError');
  };
}

/** Lets no database be opened until the answer is called: the browser gives no storage. */
function refuseStorage(): () => void {
  const { prototype } = IDBFactory;
  const open: unknown = Reflect.get(prototype, 'open');
  Reflect.set(prototype, 'open', () => {
    throw new DOMException('no space left', 'UnknownError');
  });
  return () => Reflect.set(prototype, 'open', open);
}

async function openParts(profileId: string) {
  const database = new CacheDatabase(profileId);
  await database.open();
  const box = await SealedBox.withKey(sampleKey(1));
  const base = new Base(database, box);
  const letters = new LetterStore(database, box);
  await base.open();
  await letters.open();
  return { base, letters, close: () => database.close() };
}

async function rejects(promise: Promise<unknown>): Promise<void> {
  const outcome = await promise.then(
    () => 'resolved',
    () => 'rejected',
  );
  demandEqual(outcome, 'rejected');
}

const threeTickets = [0, 1, 2].map((number) => ticketChange(number + 1, sampleTicket(number)));

/** Fills a profile, then lets `spoil` at it, and expects the desk to fetch everything anew. */
async function rebuildsAfter(
  spoil: (profile: ReturnType<typeof newProfile>) => Promise<void>,
  changeProfile: Partial<ReturnType<typeof newProfile>> = {},
): Promise<void> {
  const profile = newProfile();
  const before = new CacheDesk();
  await before.client.open(profile);
  before.sendChanges(...threeTickets);
  before.streams.letters.send(
    folderFrame(),
    ...Array.from({ length: 80 }, (_, number) => letterFrame(number)),
  );
  await before.queue('all', ({ total }) => total === 3);
  await before.state(({ letters }) => letters.inbox.letters === 80);
  await before.close();
  await spoil(profile);

  const after = new CacheDesk();
  const states: CacheState['state'][] = [];
  after.client.watchState(({ state }) => states.push(state));
  await after.client.open({ ...profile, ...changeProfile });
  after.client.watchQueue({ ...wholeQueue, first: 0, count: 10 }, () => null);
  await until(() => states.includes('rebuilding'));
  await until(() => after.streams.letters.requests.length > 0);
  demandEqual(after.streams.changes.requests.at(-1), { epoch: null, after: 0 });
  demandEqual(after.streams.letters.requests.at(-1), { folders: [] });
  after.sendChanges(...threeTickets);
  after.streams.changes.send({ type: 'caught-up' });
  await after.queue('all', ({ total }) => total === 3);
  await until(() => states.at(-1) === 'open');
  await after.close();
}

async function editRecords(
  profileId: string,
  edit: (table: ReturnType<Dexie['table']>) => Promise<unknown>,
  tables: (name: string) => boolean,
): Promise<void> {
  const database = await new Dexie(databaseName(profileId)).open();
  for (const table of database.tables) if (tables(table.name)) await edit(table);
  database.close();
}

export const storageContract: readonly Behaviour[] = [
  {
    behaviour: 'keeps nothing readable but ids',
    check: async () => {
      const profile = newProfile();
      const desk = new CacheDesk();
      await desk.client.open(profile);
      const many = Array.from({ length: 100 }, (_, number) => number);
      desk.sendChanges(...many.map((number) => ticketChange(number + 1, sampleTicket(number))));
      desk.sendChanges(ticketChange(300, sampleTicket(0)), letterChange(301, sampleLetter(0)));
      desk.streams.letters.send(folderFrame(), ...many.map((number) => letterFrame(number)));
      await desk.ticket(0, (view) => view?.letters[0]?.content?.text?.includes('секретное') === true);
      await desk.close();
      const records = await storedRecords(profile.profileId);
      const text = records.map(readableText).join();
      // The search itself works: ids are found.
      demandEqual(text.includes(sampleTicketId(0)) && text.includes(sampleLetterId(0)), true);
      demandEqual(
        secretWords.filter((word) => text.includes(word)),
        [],
      );
    },
  },
  {
    behaviour: 'stores neither data nor cursor when a transaction fails half-way',
    check: async () => {
      const { profileId } = newProfile();
      const first = await openParts(profileId);
      await first.base.apply([
        { type: 'changes', epoch: 'e1', next: 1, changes: [ticketChange(1, sampleTicket(0))] },
      ]);
      failNextPut('values');
      const second = ticketChange(2, sampleTicket(1));
      await rejects(first.base.apply([{ type: 'changes', epoch: 'e1', next: 2, changes: [second] }]));
      const frames = [folderFrame(), letterFrame(0)].map((frame) => ({ frame, json: jsonBytes(frame) }));
      failNextPut('values');
      await rejects(first.letters.apply(frames));
      first.close();

      const again = await openParts(profileId);
      demandEqual(again.base.request(), { epoch: 'e1', after: 1 });
      demandEqual(again.base.columns.size, 1);
      demandEqual(await again.base.tickets([sampleTicketId(1)]), [null]);
      demandEqual(again.letters.request(), { folders: [] });
      demandEqual(await again.letters.contents([sampleLetterId(0)]), [null]);
      again.close();
    },
  },
  {
    behaviour: 'shows the same before and after changed rows are folded into pages',
    check: async () => {
      const { profileId } = newProfile();
      const parts = await openParts(profileId);
      const tickets = Array.from({ length: 300 }, (_, number) =>
        ticketChange(number + 1, sampleTicket(number)),
      );
      const letters = Array.from({ length: 300 }, (_, number) =>
        letterChange(number + 1001, sampleLetter(number, 0)),
      );
      const send = async (changes: typeof tickets) =>
        parts.base.apply([{ type: 'changes', epoch: 'e1', next: changes.at(-1)?.version ?? 0, changes }]);
      await send(tickets);
      await send(letters);
      const text = 'ы'.repeat(30_000);
      for (let number = 0; number < 40; number++) {
        const changed = sampleTicket(number * 7, { number: 5000 + number });
        await send([
          ticketChange(2000 + 3 * number, changed),
          letterChange(2001 + 3 * number, sampleLetter(number, 1)),
        ]);
        await send([ticketChange(2002 + 3 * number, sampleTicket(900 + number))]);
        const frames = [folderFrame(), letterFrame(number, { text })];
        await parts.letters.apply(frames.map((frame) => ({ frame, json: jsonBytes(frame) })));
      }
      await send([{ entity: 'ticket', id: sampleTicketId(3), version: 3000, state: null }]);
      const look = async ({ base, letters }: Awaited<ReturnType<typeof openParts>>) => ({
        tickets: await base.tickets(Array.from({ length: 940 }, (_, number) => sampleTicketId(number))),
        letters: [await base.lettersOf(sampleTicketId(0)), await base.lettersOf(sampleTicketId(1))],
        contents: await letters.contents(Array.from({ length: 41 }, (_, number) => sampleLetterId(number))),
        columns: [base.columns.size, [...base.columns.ids], [...base.columns.flags]],
      });
      const before = await look(parts);
      demandEqual(before.tickets.filter((found) => found !== null).length, 339);
      while ((await parts.base.fold(1)) || (await parts.letters.fold(1)));
      demandEqual(await look(parts), before);
      parts.close();
      const heads = await storedRecords(profileId);
      demandEqual(
        heads.filter((record) => typeof record === 'object' && record !== null && 'id' in record),
        [],
      );
      const again = await openParts(profileId);
      demandEqual(await look(again), before);
      again.close();
    },
  },
  {
    behaviour: 'fetches everything anew when the key is another',
    check: async () => rebuildsAfter(async () => Promise.resolve(), { keyBase64: sampleKey(2) }),
  },
  {
    behaviour: 'fetches everything anew when records are damaged',
    check: async () =>
      rebuildsAfter(async ({ profileId }) =>
        editRecords(
          profileId,
          async (table) =>
            table.toCollection().modify((record: { data: Uint8Array }) => {
              record.data[20] = (record.data[20] ?? 0) ^ 1;
            }),
          (name) => name.startsWith('tickets'),
        ),
      ),
  },
  {
    behaviour: 'fetches everything anew when a program kept it whose tickets had no tags yet',
    check: async () =>
      rebuildsAfter(async ({ profileId }) => {
        const name = databaseName(profileId);
        const newer = await new Dexie(name).open();
        const kept = await Promise.all(
          newer.tables.map(async (table) => ({
            name: table.name,
            keyPath: table.schema.primKey.src,
            indexes: table.schema.indexes.map(({ src }) => src),
            records: await table.toArray(),
          })),
        );
        newer.close();
        await Dexie.delete(name);
        const older = new Dexie(name);
        older
          .version(2)
          .stores(
            Object.fromEntries(
              kept.map((table) => [table.name, [table.keyPath, ...table.indexes].join(', ')]),
            ),
          );
        for (const table of kept) await older.table(table.name).bulkPut(table.records);
        older.close();
      }),
  },
  {
    behaviour: 'fetches everything anew when records changed places',
    check: async () =>
      rebuildsAfter(async ({ profileId }) =>
        editRecords(
          profileId,
          async (table) => {
            const records = (await table.toArray()) as { data: Uint8Array }[];
            const moved = records.map((record, index) => ({
              ...record,
              data: records[(index + 1) % records.length]?.data,
            }));
            await table.bulkPut(moved);
          },
          (name) => name === 'ticketsHeads',
        ),
      ),
  },
  {
    behaviour: 'wipes on demand and fetches everything anew',
    check: async () => {
      const desk = new CacheDesk();
      await desk.client.open(newProfile());
      desk.sendChanges(...threeTickets);
      desk.streams.letters.send(folderFrame(), letterFrame(0));
      await desk.queue('all', ({ total }) => total === 3);
      await until(() => desk.streams.letters.requests.length === 1);
      await desk.client.wipe();
      demandEqual(desk.streams.changes.requests.at(-1), { epoch: null, after: 0 });
      await desk.queue('all', ({ total }) => total === 0);
      demandEqual(await desk.client.letterContent(sampleLetterId(0)), null);
      await desk.close();
    },
  },
  {
    behaviour: 'says how much of the feed is here until all of it is, where nothing was stored',
    check: async () => {
      const desk = new CacheDesk();
      await desk.client.open(newProfile());
      const empty = await desk.state(({ state }) => state !== 'opening');
      demandEqual([empty.state, empty.changesShare], ['rebuilding', null]);
      const changes = [ticketChange(1, sampleTicket(0))];
      desk.streams.changes.send({ type: 'changes', epoch: 'e1', next: 1, head: 4, changes });
      const begun = await desk.state(({ changesShare }) => changesShare !== null);
      demandEqual([begun.state, begun.changesShare], ['rebuilding', 0.25]);
      await desk.queue('all', ({ total }) => total === 1);
      desk.streams.changes.send({ type: 'changes', epoch: 'e1', next: 4, head: 4, changes: [] });
      desk.streams.changes.send({ type: 'caught-up' });
      const whole = await desk.state(({ state }) => state === 'open');
      demandEqual(whole.changesShare, 1);
      await desk.close();
    },
  },
  {
    behaviour: 'tells what waits to be sent where there is no storage',
    check: async () => {
      const allow = refuseStorage();
      try {
        const desk = new CacheDesk();
        await desk.client.open(newProfile());
        await desk.state(({ state }) => state === 'failed');
        const note = sampleNoteDraft(0, 'Звонили');
        desk.streams.pending.send({
          type: 'snapshot',
          changes: [
            { kind: 'note', note },
            { kind: 'operation', operation: sampleClaim(0, { kind: 'waiting' }) },
          ],
        });
        const outbox = await desk.outbox(({ notes }) => notes.length === 1);
        demandEqual(outbox.operations.length, 1);
        desk.streams.pending.send({ type: 'change', change: { kind: 'note-removed', id: note.id } });
        await desk.outbox(({ notes }) => notes.length === 0);
        await desk.close();
      } finally {
        allow();
      }
    },
  },
  {
    behaviour: 'keeps profiles apart',
    check: async () => {
      const desk = new CacheDesk();
      const [one, other] = [newProfile(), newProfile()];
      await desk.client.open(one);
      desk.sendChanges(...threeTickets);
      await desk.queue('all', ({ total }) => total === 3);
      await desk.client.open(other);
      await desk.queue('all', ({ total }) => total === 0);
      await desk.client.open(one);
      await desk.queue('all', ({ total }) => total === 3);
      await desk.close();
    },
  },
  {
    behaviour: 'serves several windows, each until it goes away',
    check: async () => {
      const desk = new CacheDesk();
      const second = desk.connect();
      await desk.client.open(newProfile());
      const totals: number[] = [];
      second.watchQueue({ ...wholeQueue, first: 0, count: 1 }, ({ total }) => totals.push(total));
      desk.sendChanges(...threeTickets);
      await until(() => totals.at(-1) === 3);
      second.bye();
      desk.sendChanges(ticketChange(9, sampleTicket(9)));
      await desk.queue('all', ({ total }) => total === 4);
      demandEqual(totals.at(-1), 3);
      await desk.close();
    },
  },
];
