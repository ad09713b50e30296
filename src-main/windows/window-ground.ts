import type { Preferences } from '#shared/bridge/preferences.ts';

/** What a window shows before its page does: the pages' own `--ground` (src-renderer/ui/ui.css), so that nothing flashes. */
export function windowGround(
  { colorScheme, contrast }: Pick<Preferences, 'colorScheme' | 'contrast'>,
  system: { readonly isDark: boolean; readonly isHighContrast: boolean },
): string {
  const isDark = colorScheme === 'auto' ? system.isDark : colorScheme === 'dark';
  const isHigh = contrast === 'auto' ? system.isHighContrast : contrast === 'high';
  if (isHigh) return isDark ? '#000000' : '#ffffff';
  return isDark ? '#17181a' : '#f4f5f7';
}
