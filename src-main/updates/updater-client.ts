import type { AppUpdater, UpdateInfo } from 'electron-updater';
import { convert } from 'html-to-text';
import { err, ok, type Result } from '#shared/result.ts';
import type { NewerVersion, UpdateClient, UpdateError } from './update-client.ts';

/** More than anybody reads before updating. */
const longestNotes = 20_000;

/**
 * electron-updater over a folder on a web server, with everything that it would do by itself taken from it: nothing is
 * fetched, installed or made older unless the desk says so.
 *
 * A file is only kept when it has the SHA-512 of the feed; on Windows electron-updater also wants the publisher's signature.
 */
export class UpdaterClient implements UpdateClient {
  readonly #updater: AppUpdater;
  #feedUrl = '';

  constructor(updater: AppUpdater) {
    this.#updater = updater;
    updater.autoDownload = false;
    updater.autoInstallOnAppQuit = false;
    updater.allowDowngrade = false;
    updater.allowPrerelease = false;
    updater.disableWebInstaller = true;
    // It quotes addresses.
    updater.logger = null;
  }

  async check(feedUrl: string): Promise<Result<NewerVersion | null, UpdateError>> {
    if (feedUrl !== this.#feedUrl) {
      this.#updater.setFeedURL({ provider: 'generic', url: feedUrl });
      this.#feedUrl = feedUrl;
    }
    try {
      const found = await this.#updater.checkForUpdates();
      if (found === null || !found.isUpdateAvailable) return ok(null);
      const { version, releaseNotes } = found.updateInfo;
      return ok({ version, notes: plainNotes(releaseNotes) });
    } catch (error) {
      return err({ kind: updateProblem(error) });
    }
  }

  async download(onPercent: (percent: number) => void): Promise<Result<void, UpdateError>> {
    const tell = ({ percent }: { percent: number }): void =>
      onPercent(Math.min(100, Math.max(0, Math.floor(percent))));
    this.#updater.on('download-progress', tell);
    try {
      await this.#updater.downloadUpdate();
      return ok(undefined);
    } catch (error) {
      return err({ kind: updateProblem(error) });
    } finally {
      this.#updater.off('download-progress', tell);
    }
  }

  /** `onFailure`: it did not come to it, for instance because nobody gave the administrator's password. */
  install(onFailure: () => void = () => {}): void {
    // electron-updater then ends nothing, and says so only this way.
    this.#updater.once('error', onFailure);
    this.#updater.quitAndInstall(true, true);
  }
}

/** Release notes without the HTML in which feeds bring them. */
export function plainNotes(notes: UpdateInfo['releaseNotes']): string {
  const texts = Array.isArray(notes) ? notes.map(({ note }) => note ?? '') : [notes ?? ''];
  const plain = texts.map((text) =>
    /<[a-z][^>]*>/iu.test(text)
      ? convert(text, {
          wordwrap: false,
          selectors: [
            { selector: 'a', options: { ignoreHref: true } },
            { selector: 'img', format: 'skip' },
            ...['h1', 'h2', 'h3', 'h4'].map((selector) => ({ selector, options: { uppercase: false } })),
          ],
        })
      : text,
  );
  return plain.join('\n\n').trim().slice(0, longestNotes);
}

const diskCodes = new Set(['ENOSPC', 'EACCES', 'EPERM', 'EROFS', 'EIO', 'EDQUOT', 'EMFILE']);

/** What went wrong, by the codes of electron-updater, Node and Chromium's network. */
export function updateProblem(error: unknown): UpdateError['kind'] {
  const { code = '', message = '' } = error as { readonly code?: unknown; readonly message?: unknown };
  const named = typeof code === 'string' ? code : '';
  const said = String(message).split('\n', 1)[0] ?? '';
  if (named === 'ERR_CHECKSUM_MISMATCH' || named === 'ERR_UPDATER_INVALID_SIGNATURE') return 'wrong-hash';
  if (diskCodes.has(named)) return 'disk-failed';
  // The server answered, but not with what was asked for.
  if (named.startsWith('HTTP_ERROR_') || named.startsWith('ERR_UPDATER_')) return 'unexpected-answer';
  if (/^E(?:CONN|NOTFOUND|AI_|HOST|NET|PIPE|TIMEDOUT)/u.test(named)) return 'unreachable';
  return /net::ERR_|timed out|has been aborted/u.test(said) ? 'unreachable' : 'unexpected-answer';
}
