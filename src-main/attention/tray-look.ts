import type { Attention } from '#shared/bridge/attention.ts';
import type { Say } from './tray-words.ts';

/** What the tray's menu offers, from above; a null is a line between. */
export const trayCommands = ['open', 'newCall', null, 'retry', null, 'quit'] as const;
export type TrayCommand = NonNullable<(typeof trayCommands)[number]>;

/** Which picture stands in the tray. */
export function trayPicture({ overdue }: Attention): 'tray' | 'tray-overdue' {
  return overdue > 0 ? 'tray-overdue' : 'tray';
}

/** The number on the application's icon: what has to be answered before the day ends. */
export function badgeCount({ overdue, dueToday }: Attention): number {
  return overdue + dueToday;
}

/** What the tray says under the pointer: the application's name, then the counts that are not zero. */
export function trayTip(appName: string, counts: Attention, say: Say): string {
  const lines = (['overdue', 'dueToday', 'critical', 'toAnswer'] as const)
    .filter((name) => counts[name] > 0)
    .map((name) => say('tray.line', { what: say(`tray.count.${name}`), number: counts[name] }));
  return [appName, ...(lines.length === 0 ? [say('tray.calm')] : lines)].join('\n');
}

/** What the red dot on the taskbar means, for those who hear it. */
export function overlayDescription({ overdue }: Attention, say: Say): string {
  return overdue === 0 ? '' : say('tray.line', { what: say('tray.count.overdue'), number: overdue });
}
