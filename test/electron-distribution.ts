import { chmodSync, cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Makes of the host what packers take for an unpacked Electron: a folder with an executable of its name.
 *
 * It stands in for Electron on this machine only: it starts this machine's Node and Chromium.
 */
export function stageHost(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  cpSync(join(import.meta.dirname, 'electron-host'), join(folder, 'electron-host'), { recursive: true });
  rmSync(join(folder, 'electron-host/electron'));
  cpSync(join(import.meta.dirname, 'assert-node.ts'), join(folder, 'assert-node.ts'));
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }\n');
  const start = [
    '#!/bin/sh',
    'here=$(dirname "$(readlink -f "$0")")',
    'export ELECTRON_HOST_EXECUTABLE="$here/$(basename "$0")"',
    `exec "${process.execPath}" --disable-warning=ExperimentalWarning "$here/electron-host/host.ts" "$@"`,
    '',
  ].join('\n');
  writeFileSync(join(folder, 'electron'), start);
  chmodSync(join(folder, 'electron'), 0o755);
}

/** What electron-builder is told besides electron-builder.yml, as far as it depends on where it runs. */
export interface PackerChanges {
  readonly electronDist?: string;
  /** Null takes away what the file sets. */
  readonly electronFuses?: null;
  readonly electronLanguages?: null;
  readonly win?: object;
}

/**
 * What differs with the Electron that is packed: the host has no fuses, which are bytes in Electron's own binary, and
 * no languages.
 *
 * `azure` signs for Windows through Azure's Trusted Signing, named by the environment; a certificate file needs no more
 * than electron-builder's own CSC_LINK.
 */
export function packerChanges(hostFolder: string | null, environment: NodeJS.ProcessEnv): PackerChanges {
  const endpoint = environment['AZURE_SIGNING_ENDPOINT'];
  const azure =
    endpoint === undefined
      ? {}
      : {
          win: {
            azureSignOptions: {
              endpoint,
              codeSigningAccountName: environment['AZURE_SIGNING_ACCOUNT'] ?? '',
              certificateProfileName: environment['AZURE_SIGNING_PROFILE'] ?? '',
              publisherName: environment['AZURE_SIGNING_PUBLISHER'] ?? '',
            },
          },
        };
  return hostFolder === null
    ? azure
    : { ...azure, electronDist: hostFolder, electronFuses: null, electronLanguages: null };
}
