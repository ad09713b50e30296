import { compileDefaultCalendar } from '#shared/calendar/default-calendar.ts';
import { defaultDeadlinePolicy } from '#shared/regulation/deadline-policy.ts';
import { AttentionWatch } from './attention/attention-watch.ts';
import { windowBridge } from './bridge/window-bridge.ts';
import { connectCache } from './cache/cache-client.ts';
import { ProfileKeeper } from './profile-keeper.ts';

/* The hidden window: it keeps the cache worker alive while all other windows are closed, and has it watched for news. */

const bridge = windowBridge(window);
if (bridge !== null) {
  const cache = connectCache();
  const policy = defaultDeadlinePolicy;
  const workingTime = compileDefaultCalendar().workingTime(policy.shortDayMinutes);
  new ProfileKeeper(bridge, cache, new AttentionWatch({ bridge, cache, workingTime, policy })).start();
}
