import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { Writable } from 'node:stream';

/**
 * A password from standard input: asked for twice and without echo where that is a terminal, else all of it without
 * the line end.
 *
 * @throws Error with a sentence for who sits there.
 */
export async function readPassword(
  input: NodeJS.ReadStream,
  prompts: NodeJS.WritableStream,
): Promise<string> {
  if (!input.isTTY) {
    const given = (await text(input)).replace(/\r?\n$/u, '');
    if (/[\r\n]/u.test(given)) throw new Error('A password is one line.');
    return given;
  }
  const silence = new Writable({
    write(_chunk, _encoding, done) {
      done();
    },
  });
  // A terminal is switched to raw, so it shows nothing by itself; what would be shown instead goes nowhere.
  const lines = createInterface({ input, output: silence, terminal: true, historySize: 0 });
  const ask = async (prompt: string): Promise<string> =>
    await new Promise<string>((resolve, reject) => {
      prompts.write(prompt);
      lines.once('close', () => {
        reject(new Error('\nNothing was changed.'));
      });
      lines.question('', (line) => {
        prompts.write('\n');
        resolve(line);
      });
    });
  try {
    const password = await ask('New password: ');
    if ((await ask('Once more: ')) !== password) throw new Error('The two differ. Nothing was changed.');
    return password;
  } finally {
    lines.close();
  }
}
