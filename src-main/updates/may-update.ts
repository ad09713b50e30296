/** How the desk came onto this computer, as far as it can know. */
interface Installation {
  readonly platform: NodeJS.Platform;
  readonly isPackaged: boolean;
  /** The AppImage that the desk runs from. */
  readonly appImage: string | undefined;
  /** What electron-builder notes in `package-type` for Linux packages; empty where there is none. */
  readonly packageType: string;
  /** Contents of `app-update.yml`; empty where there is none. */
  readonly updateConfig: string;
}

/**
 * Whether this installation may replace itself by a newer one.
 *
 * Windows: only one that was signed, because then electron-updater refuses whatever another publisher signed. Linux: an
 * AppImage, or a Debian package, whose installation asks for the administrator's password.
 */
export function mayUpdate(installation: Installation): boolean {
  const { platform, isPackaged, appImage, packageType, updateConfig } = installation;
  if (!isPackaged || updateConfig === '') return false;
  switch (platform) {
    case 'win32':
      return /^publisherName:/mu.test(updateConfig);
    case 'linux':
      return appImage !== undefined || packageType.trim() === 'deb';
    default:
      return false;
  }
}
