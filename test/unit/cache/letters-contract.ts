import type { AgentId } from '#shared/ids.ts';
import type { Letter } from '#shared/ticket/letter.ts';
import type { Behaviour } from './cache-contract.ts';
import { CacheDesk, newProfile, until } from './cache-desk.ts';
import { demandEqual } from './demand.ts';
import {
  agentId,
  folderFrame,
  letterChange,
  letterFrame,
  lettersFrame,
  sampleLetter,
  sampleLetterId,
  sampleTicket,
  synced,
  ticketChange,
} from './samples.ts';

/** The cursors that the desk asks with after everything sent so far is stored and the stream broke. */
async function cursorsOf(desk: CacheDesk, letters: number) {
  await desk.state((state) => state.letters.inbox.letters === letters);
  const asked = desk.streams.letters.requests.length;
  desk.streams.letters.break();
  await until(() => desk.streams.letters.requests.length > asked);
  return desk.streams.letters.requests.at(-1)?.folders;
}

export const lettersContract: readonly Behaviour[] = [
  {
    behaviour: 'joins letters and tickets whichever comes first',
    check: async () => {
      const desk = new CacheDesk();
      await desk.client.open(newProfile());
      desk.streams.letters.send(folderFrame(), letterFrame(0, { text: 'раньше' }));
      await desk.state((state) => state.letters.inbox.letters === 1);
      desk.sendChanges(
        ticketChange(1, sampleTicket(0)),
        letterChange(2, sampleLetter(0)),
        letterChange(3, sampleLetter(1, 0)),
      );
      const before = await desk.ticket(0, (view) => view?.letters.length === 2);
      demandEqual(
        before?.letters.map(({ content }) => content?.text ?? null),
        ['раньше', null],
      );
      desk.streams.letters.send(letterFrame(1, { text: 'позже' }));
      await desk.ticket(0, (view) => view?.letters[1]?.content?.text === 'позже');
      demandEqual((await desk.client.letterContent(sampleLetterId(1)))?.text, 'позже');
      demandEqual(await desk.client.letterContent(sampleLetterId(9)), null);
      await desk.close();
    },
  },
  {
    behaviour: 'follows a letter that moves to another ticket',
    check: async () => {
      const desk = new CacheDesk();
      await desk.client.open(newProfile());
      desk.sendChanges(
        ...[0, 1].map((number) => ticketChange(number + 1, sampleTicket(number))),
        ...Array.from({ length: 100 }, (_, number) => letterChange(number + 3, sampleLetter(number, 0))),
      );
      await desk.ticket(0, (view) => view?.letters.length === 100);
      desk.sendChanges(letterChange(200, sampleLetter(5, 1)));
      await desk.ticket(1, (view) => view?.letters.length === 1);
      await desk.ticket(0, (view) => view?.letters.length === 99);
      const moved = Array.from({ length: 80 }, (_, number) =>
        letterChange(number + 300, sampleLetter(number, 1)),
      );
      desk.sendChanges(...moved);
      await desk.ticket(1, (view) => view?.letters.length === 80);
      await desk.ticket(0, (view) => view?.letters.length === 20);
      await desk.close();
    },
  },
  {
    behaviour: 'asks on with what it has of each folder',
    check: async () => {
      const profile = newProfile();
      const desk = new CacheDesk();
      await desk.client.open(profile);
      demandEqual(desk.streams.letters.requests, [{ folders: [] }]);
      desk.streams.letters.send(
        folderFrame(),
        letterFrame(9),
        letterFrame(8),
        { type: 'unreadable', location: { folder: 'inbox', uidValidity: '7', uid: 8 } },
        letterFrame(3),
        { type: 'synced', folder: 'inbox', uidValidity: '7', synced },
      );
      const cursor = { folder: 'inbox', uidValidity: '7', uids: '4,8:10', synced, unreadable: '8' };
      demandEqual(await cursorsOf(desk, 4), [cursor]);
      desk.streams.letters.send({ type: 'gone', folder: 'inbox', uidValidity: '7', uids: '4,9' });
      demandEqual(await cursorsOf(desk, 2), [{ ...cursor, uids: '8,10' }]);
      // The mailbox lost it, the desk still shows it.
      demandEqual((await desk.client.letterContent(sampleLetterId(8)))?.id, sampleLetterId(8));
      await desk.close();

      const after = new CacheDesk();
      await after.client.open(profile);
      await until(() => after.streams.letters.requests.length > 0);
      demandEqual(after.streams.letters.requests[0], { folders: [{ ...cursor, uids: '8,10' }] });
      // It could be read after all.
      after.streams.letters.send(folderFrame(), letterFrame(7), letterFrame(20));
      const whole = { folder: 'inbox', uidValidity: '7', uids: '8,10,21', synced };
      demandEqual(await cursorsOf(after, 3), [whole]);
      demandEqual((await after.client.letterContent(sampleLetterId(7)))?.id, sampleLetterId(7));
      await after.close();
    },
  },
  {
    behaviour: 'voids a folder’s places and keeps its letters when UIDVALIDITY changes',
    check: async () => {
      const desk = new CacheDesk();
      await desk.client.open(newProfile());
      desk.streams.letters.send(folderFrame(), letterFrame(0), letterFrame(1));
      await cursorsOf(desk, 2);
      desk.streams.letters.send(folderFrame('8'));
      demandEqual(await cursorsOf(desk, 0), [{ folder: 'inbox', uidValidity: '8', uids: '', synced: null }]);
      demandEqual((await desk.client.letterContent(sampleLetterId(1)))?.id, sampleLetterId(1));
      desk.streams.letters.send(letterFrame(1, { uidValidity: '8', uid: 40 }));
      // A frame of the old life vouches for nothing.
      desk.streams.letters.send(letterFrame(2, { uidValidity: '7', uid: 41 }));
      demandEqual(await cursorsOf(desk, 1), [
        { folder: 'inbox', uidValidity: '8', uids: '40', synced: null },
      ]);
      await desk.close();
    },
  },
  {
    behaviour: 'takes the fuller content of a letter that was asked for',
    check: async () => {
      const desk = new CacheDesk();
      await desk.client.open(newProfile());
      const many = Array.from({ length: 200 }, (_, number) => letterFrame(number, { text: 'голова' }));
      desk.streams.letters.send(folderFrame(), ...many);
      await cursorsOf(desk, 200);
      desk.sendChanges(ticketChange(1, sampleTicket(7)), letterChange(2, sampleLetter(7)));
      await desk.ticket(7, (view) => view?.letters[0]?.content?.text === 'голова');
      const watched = desk.ticket(7, (view) => view?.letters[0]?.content?.text === 'всё');
      desk.streams.letters.send(letterFrame(7, { text: 'всё' }));
      await watched;
      await desk.close();
    },
  },
  {
    behaviour: 'gives each letter of a bundle, also after a restart, and its fuller content once that came',
    check: async () => {
      const profile = newProfile();
      const desk = new CacheDesk();
      await desk.client.open(profile);
      const numbers = Array.from({ length: 30 }, (_, index) => 29 - index);
      desk.streams.letters.send(folderFrame(), await lettersFrame(numbers, { text: 'голова' }));
      const cursor = { folder: 'inbox', uidValidity: '7', uids: '1:30', synced: null };
      demandEqual(await cursorsOf(desk, 30), [cursor]);
      demandEqual((await desk.client.letterContent(sampleLetterId(29)))?.text, 'голова');
      desk.sendChanges(ticketChange(1, sampleTicket(7)), letterChange(2, sampleLetter(7)));
      await desk.ticket(7, (view) => view?.letters[0]?.content?.text === 'голова');
      desk.streams.letters.send(letterFrame(7, { text: 'всё' }));
      await desk.ticket(7, (view) => view?.letters[0]?.content?.text === 'всё');
      await desk.close();

      const after = new CacheDesk();
      await after.client.open(profile);
      demandEqual((await after.client.letterContent(sampleLetterId(7)))?.text, 'всё');
      demandEqual((await after.client.letterContent(sampleLetterId(8)))?.text, 'голова');
      demandEqual(await after.client.letterContent(sampleLetterId(30)), null);
      await after.close();
    },
  },
  {
    behaviour: 'takes of a bundle what is not here yet',
    check: async () => {
      const desk = new CacheDesk();
      await desk.client.open(newProfile());
      desk.streams.letters.send(folderFrame(), letterFrame(0, { text: 'раньше' }), letterFrame(2));
      await cursorsOf(desk, 2);
      desk.streams.letters.send(
        folderFrame('8'),
        await lettersFrame([3, 2, 1, 0], { uidValidity: '8', text: 'позже' }),
      );
      demandEqual(await cursorsOf(desk, 4), [
        { folder: 'inbox', uidValidity: '8', uids: '1:4', synced: null },
      ]);
      demandEqual((await desk.client.letterContent(sampleLetterId(0)))?.text, 'раньше');
      demandEqual((await desk.client.letterContent(sampleLetterId(3)))?.text, 'позже');
      // A bundle of which everything is here only moves the places.
      desk.streams.letters.send(
        folderFrame('9'),
        await lettersFrame([1, 0], { uidValidity: '9', text: 'ещё позже' }),
      );
      await cursorsOf(desk, 2);
      demandEqual((await desk.client.letterContent(sampleLetterId(1)))?.text, 'позже');
      await desk.close();
    },
  },
  {
    behaviour: 'lists the letters that somebody has to look at until somebody did, also after a restart',
    check: async () => {
      const desk = new CacheDesk();
      const profile = newProfile();
      await desk.client.open(profile);
      const unread = (number: number, reviewedBy: AgentId | null): Letter => ({
        ...sampleLetter(number),
        disposition: { state: 'quarantined', reason: 'unreadable', reviewedBy },
      });
      desk.sendChanges(
        letterChange(1, sampleLetter(0)),
        letterChange(2, unread(2, null)),
        letterChange(3, unread(1, null)),
        letterChange(4, unread(3, agentId)),
      );
      const waiting = await desk.quarantine((letters) => letters.length === 2);
      demandEqual(
        waiting.map(({ id }) => id),
        [1, 2].map(sampleLetterId),
      );
      desk.sendChanges(letterChange(5, unread(1, agentId)));
      await desk.quarantine((letters) => letters.length === 1);
      await desk.client.close();
      await desk.client.open(profile);
      const [last] = await desk.quarantine((letters) => letters.length === 1);
      demandEqual(last?.id, sampleLetterId(2));
      desk.sendChanges({ entity: 'letter', id: sampleLetterId(2), version: 6, state: null });
      await desk.quarantine((letters) => letters.length === 0);
      await desk.close();
    },
  },
];
