import type { News } from '#shared/bridge/attention.ts';
import type { DesktopNotification } from './desktop.ts';
import type { Say } from './tray-words.ts';

/** Most pressing first: what a single notification of many things begins with. */
const order = [
  'overdue',
  'critical',
  'at-risk',
  'not-delivered',
  'client-wrote',
  'assigned',
  'new',
] as const satisfies readonly News['why'][];

/**
 * One notification for any number of news.
 *
 * News of one ticket name it, by its number alone unless `withContent`; several tickets are counted by what happened, and
 * never named. `news` must not be empty.
 */
export function describeNews(news: readonly News[], withContent: boolean, say: Say): DesktopNotification {
  const tickets = new Set(news.map(({ ticketId }) => ticketId));
  const sorted = news.toSorted((a, b) => order.indexOf(a.why) - order.indexOf(b.why));
  const [first] = sorted;
  if (first === undefined) throw new RangeError('no news');
  if (tickets.size === 1) return describeOne(first, withContent, say);
  const lines = order.flatMap((why) => {
    const count = new Set(news.filter((each) => each.why === why).map(({ ticketId }) => ticketId)).size;
    return count === 0 ? [] : [say('tray.line', { what: say(`tray.many.${why}`), number: count })];
  });
  return {
    title: say('tray.several', { count: tickets.size }),
    body: lines.join('\n'),
    ticketId: null,
  };
}

function describeOne(news: News, withContent: boolean, say: Say): DesktopNotification {
  const { number, client, subject, ticketId } = news;
  const name = number === 0 ? '' : say('tray.ticket', { number });
  const lines = withContent ? [[name, client].filter((part) => part !== '').join(' · '), subject] : [name];
  return {
    title: say(`tray.one.${news.why}`),
    body: lines.filter((line) => line !== '').join('\n'),
    ticketId,
  };
}
