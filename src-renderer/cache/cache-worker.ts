/// <reference lib="webworker" />
import { Cache } from './cache.ts';
import { fetchStreams } from './fetch-streams.ts';
import { servePort } from './serve-port.ts';
import { wallAlarm } from './wall-alarm.ts';

const cache = new Cache({
  source: fetchStreams(),
  clock: { now: () => Date.now() },
  random: () => Math.random(),
  alarm: wallAlarm,
});

// The only place that knows how windows reach the worker; a dedicated one would serve its own global scope.
addEventListener('connect', (event) => {
  const [port] = (event as MessageEvent).ports;
  if (port !== undefined) servePort(cache, port);
});
