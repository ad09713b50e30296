import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Paths of PEM files. */
export interface Certificates {
  readonly ca: string;
  readonly certificate: string;
  readonly key: string;
}

/**
 * Makes a certificate authority and a server certificate that it signed, for `localhost` and 127.0.0.1, valid for
 * two days: `ca.pem`, `server.pem`, `server.key` in that folder.
 */
export async function makeCertificates(folder: string): Promise<Certificates> {
  const file = (name: string): string => join(folder, name);
  await writeFile(
    file('server.ext'),
    'subjectAltName=DNS:localhost,IP:127.0.0.1\nbasicConstraints=CA:FALSE\nextendedKeyUsage=serverAuth\n',
  );
  const newKey = '-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes';
  // Run in the folder, so that no argument holds a space.
  const openssl = async (line: string): Promise<void> => {
    await run('openssl', line.split(' '), { cwd: folder });
  };
  await openssl(
    `req -x509 ${newKey} -days 2 -subj /CN=stp-test-authority -addext keyUsage=critical,keyCertSign -keyout ca.key -out ca.pem`,
  );
  await openssl(`req ${newKey} -subj /CN=localhost -keyout server.key -out server.csr`);
  await openssl(
    'x509 -req -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -extfile server.ext -out server.pem',
  );
  return { ca: file('ca.pem'), certificate: file('server.pem'), key: file('server.key') };
}
