import { AttentionWatch } from './attention/attention-watch.ts';
import { windowBridge } from './bridge/window-bridge.ts';
import { connectCache } from './cache/cache-client.ts';
import { ProfileKeeper } from './profile-keeper.ts';

/* The hidden window: it keeps the cache worker alive while all other windows are closed, and has it watched for news. */

const bridge = windowBridge(window);
if (bridge !== null) {
  const cache = connectCache();
  const watch = new AttentionWatch({ bridge, cache, clock: { now: () => Date.now() } });
  new ProfileKeeper(bridge, cache, watch).start();
}
