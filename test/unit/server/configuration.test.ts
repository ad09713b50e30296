import { describe, expect, test } from 'vitest';
import { readConfiguration } from '#server/configuration.ts';

describe('the configuration', () => {
  test('of an empty environment is a loopback API over the embedded database', () => {
    const read = readConfiguration({ XDG_DATA_HOME: '/data' });
    expect(read).toMatchObject({
      databaseUrl: null,
      dataFolder: '/data/stp-console-api',
      host: '127.0.0.1',
      port: 8484,
      tls: null,
      secretKeyHex: null,
      metricsToken: null,
      trustProxy: false,
    });
  });

  test.each([
    [{ PORT: 'http' }, 'PORT'],
    [{ PORT: '70000' }, 'PORT'],
    [{ STP_TLS_CERT: '/a.pem' }, 'belong together'],
    [{ STP_SECRET_KEY: 'short' }, 'STP_SECRET_KEY'],
  ])('%j is refused with a sentence', (environment, sentence) => {
    expect(() => readConfiguration(environment)).toThrow(sentence);
  });
});
