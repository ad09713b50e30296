/** The only two channels between preload and main; names of calls and events travel inside. */
export const bridgeCallChannel = 'bridge.call';
export const bridgeEventChannel = 'bridge.event';
