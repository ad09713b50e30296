import type { Activity } from '#shared/ticket/activity.ts';

/** Orders a history by the moments at which its operations were made; ids, which grow with time, settle the rest. */
export function compareActivities(a: Activity, b: Activity): number {
  return a.operation.madeAt - b.operation.madeAt || (a.id < b.id ? -1 : Number(a.id > b.id));
}
