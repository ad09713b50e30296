import { Type, type Static } from 'typebox';
import { LanguageSchema } from '../text/language.ts';

/** What whoever sits at this computer likes; kept on this computer, the same for all agents of it. */
export const PreferencesSchema = Type.Object({
  language: LanguageSchema,
  colorScheme: Type.Union([Type.Literal('auto'), Type.Literal('light'), Type.Literal('dark')]),
  contrast: Type.Union([Type.Literal('auto'), Type.Literal('normal'), Type.Literal('high')]),
  /** Size of everything on screen, 1 being the usual. */
  zoom: Type.Number({ minimum: 0.5, maximum: 3 }),
  /** Closing the window leaves the desk at work in the tray. */
  closeToTray: Type.Boolean(),
  notifications: Type.Boolean(),
  /** Whether a notification may name client and subject; never while the screen is locked. */
  notificationContent: Type.Boolean(),
});
export type Preferences = Static<typeof PreferencesSchema>;

/** How a desk starts on a computer that has never been told otherwise. */
export const defaultPreferences: Preferences = {
  language: 'ru',
  colorScheme: 'auto',
  contrast: 'auto',
  zoom: 1,
  closeToTray: true,
  notifications: true,
  notificationContent: false,
};
