/** One server-sent event. */
export interface ServerSentEvent {
  readonly event: string;
  readonly data: string;
}

/** Longer than any event of the protocol; more without an end is no event stream. */
const maxPendingChars = 1_000_000;

/**
 * Reads `text/event-stream` (HTML Living Standard §9.2.6). Comments, ids and retry times are skipped, and so is an event
 * that the stream's end cuts off. Throws what the source throws.
 */
export async function* serverSentEvents(source: AsyncIterable<Uint8Array>): AsyncGenerator<ServerSentEvent> {
  const decoder = new TextDecoder();
  let text = '';
  let event = '';
  let data: string[] = [];
  for await (const bytes of source) {
    text += decoder.decode(bytes, { stream: true });
    if (text.length > maxPendingChars) throw new Error('an event without an end');
    // A CR at the very end may be half of a CRLF: it waits for the next bytes.
    const lines = text.split(/\r\n|\n|\r(?=[^\n])/u);
    text = lines.pop() ?? '';
    for (const line of lines) {
      if (line === '') {
        if (data.length > 0) yield { event: event === '' ? 'message' : event, data: data.join('\n') };
        event = '';
        data = [];
      } else if (line.startsWith('data:')) data.push(valueOf(line, 'data:'));
      else if (line.startsWith('event:')) event = valueOf(line, 'event:');
    }
  }
}

function valueOf(line: string, field: string): string {
  const value = line.slice(field.length);
  return value.startsWith(' ') ? value.slice(1) : value;
}
