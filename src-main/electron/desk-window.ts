import { BrowserWindow, nativeTheme, screen } from 'electron';
import type { Preferences } from '#shared/bridge/preferences.ts';
import type { WindowPlaceFile } from '../windows/window-place-file.ts';
import { leastSize, placeWindow } from '../windows/window-place.ts';
import { windowGround } from '../windows/window-ground.ts';
import { webPreferences } from './windows.ts';

interface DeskWindowParts {
  readonly preload: string;
  readonly title: string;
  readonly icon: string;
  readonly preferences: () => Preferences;
  readonly places: WindowPlaceFile;
  readonly isQuitting: () => boolean;
}

/**
 * Makes the agent's window where it stood last, still empty.
 *
 * Closing it leaves the desk at work in the tray, where the preferences say so.
 */
export function createDeskWindow(parts: DeskWindowParts): BrowserWindow {
  const { preload, title, icon, preferences, places, isQuitting } = parts;
  const primary = screen.getPrimaryDisplay();
  const displays = [primary, ...screen.getAllDisplays().filter(({ id }) => id !== primary.id)];
  const { bounds, isMaximised } = placeWindow(
    places.read(),
    displays.map(({ workArea }) => workArea),
  );
  const window = new BrowserWindow({
    ...bounds,
    title,
    icon,
    minWidth: Math.min(leastSize.width, bounds.width),
    minHeight: Math.min(leastSize.height, bounds.height),
    backgroundColor: groundFor(preferences()),
    autoHideMenuBar: true,
    webPreferences: webPreferences(preload),
  });
  if (isMaximised) window.maximize();
  window.on('close', (event) => {
    places.write({ bounds: window.getNormalBounds(), isMaximised: window.isMaximized() });
    if (isQuitting() || !preferences().closeToTray) return;
    event.preventDefault();
    window.hide();
  });
  return window;
}

/** Gives the window, and the system's own menus and dialogs, the agent's colours. */
export function dressWindow(window: BrowserWindow, preferences: Preferences): void {
  nativeTheme.themeSource = preferences.colorScheme === 'auto' ? 'system' : preferences.colorScheme;
  if (!window.isDestroyed()) window.setBackgroundColor(groundFor(preferences));
}

/** Brings the window before the agent's eyes, from wherever it is. */
export function showWindow(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}

function groundFor(preferences: Preferences): string {
  const { shouldUseDarkColors: isDark, shouldUseHighContrastColors: isHighContrast } = nativeTheme;
  return windowGround(preferences, { isDark, isHighContrast });
}
