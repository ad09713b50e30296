import { Value } from 'typebox/value';
import { PresenceSchema, type PresentAgent } from '#shared/protocol/presence.ts';

/** The live stream of a ticket API, as far as it tells who is present. */
export interface LivePresence {
  /** What was told so far, oldest first. */
  readonly told: readonly (readonly PresentAgent[])[];
  close(): Promise<void>;
}

/** Opens `GET /v1/changes/live`; whatever does not fit the schema is thrown by `close`. */
export async function openLivePresence(url: string, token: string): Promise<LivePresence> {
  const ended = new AbortController();
  const response = await fetch(`${url}/v1/changes/live`, {
    headers: { authorization: `Bearer ${token}` },
    signal: ended.signal,
  });
  if (response.body === null || response.status !== 200) throw new Error('no stream');
  const told: (readonly PresentAgent[])[] = [];
  const read = async (chunks: AsyncIterable<string>): Promise<void> => {
    let text = '';
    for await (const chunk of chunks) {
      const events = (text + chunk).split('\n\n');
      text = events.pop() ?? '';
      for (const event of events) {
        if (event.startsWith('event: presence\ndata: '))
          told.push(Value.Parse(PresenceSchema, JSON.parse(event.slice(22))).present);
      }
    }
  };
  const reading = read(response.body.pipeThrough(new TextDecoderStream()));
  return {
    told,
    close: async () => {
      ended.abort();
      await reading.catch((error: unknown) => {
        if (!(error instanceof DOMException)) throw error;
      });
    },
  };
}
