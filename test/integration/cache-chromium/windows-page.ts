import { connectCache, type Profile } from '#renderer/cache/cache-client.ts';
import { noFilter } from '#renderer/cache/queue-listing.ts';
import type { LetterId, TicketId } from '#shared/ids.ts';

const cache = connectCache();
let subjects: readonly string[] = [];
cache.watchQueue({ section: 'all', filter: noFilter, order: 'queue', first: 0, count: 50 }, ({ rows }) => {
  subjects = rows.map(({ ticket }) => ticket.subject);
});

/** What the hidden keeper window does. */
export async function openProfile(profile: Profile): Promise<void> {
  await cache.open(profile);
}

/** Subjects of the queue as this window last saw them. */
export function subjectsInQueue(): readonly string[] {
  return subjects;
}

/** Texts of a ticket's letters as the cache has them now. */
export async function letterTexts(ticketId: TicketId): Promise<(string | null)[]> {
  const { promise, resolve } = Promise.withResolvers<(string | null)[]>();
  const stop = cache.watchTicket(ticketId, (view) => {
    resolve(view?.letters.map(({ content }) => content?.text ?? null) ?? []);
  });
  const texts = await promise;
  stop();
  return texts;
}

/** The text of one letter. */
export async function letterText(letterId: LetterId): Promise<string | null> {
  return (await cache.letterContent(letterId))?.text ?? null;
}
