/** An answer whose JSON lies ready; it is sent as it is. */
export class ReadyJson {
  readonly body: string | Buffer;

  constructor(body: string | Buffer) {
    this.body = body;
  }
}
