import type { Preferences } from '#shared/bridge/preferences.ts';

/** How the desk looks once the system has been asked about what is left to it. */
export interface Dress {
  readonly scheme: 'light' | 'dark';
  readonly contrast: 'normal' | 'high';
}

const darkQuery = '(prefers-color-scheme: dark)';
const contrastQuery = '(prefers-contrast: more)';

/** The sizes that zooming steps through. */
export const zoomSteps: readonly number[] = [0.75, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3];

/** The next larger (1) or smaller (-1) size; the same one at the end of the steps. */
export function stepZoom(zoom: number, direction: 1 | -1): number {
  const next =
    direction === 1 ? zoomSteps.find((step) => step > zoom) : zoomSteps.findLast((step) => step < zoom);
  return next ?? zoom;
}

/**
 * Dresses the page: scheme, contrast and size, which the style sheets take from the root element.
 *
 * The size is set on the body, as the element that lists and menus are placed in: they reckon with its scale.
 */
export function dressPage(
  page: Document,
  { language, zoom }: Pick<Preferences, 'language' | 'zoom'>,
  { scheme, contrast }: Dress,
): void {
  const { documentElement: root, body } = page;
  root.lang = language;
  root.dataset['mantineColorScheme'] = scheme;
  root.dataset['contrast'] = contrast;
  root.style.setProperty('--zoom', String(zoom));
  body.style.zoom = String(zoom);
}

/** See {@link Dress}. */
export function dressOf(
  { colorScheme, contrast }: Pick<Preferences, 'colorScheme' | 'contrast'>,
  system: Pick<Window, 'matchMedia'>,
): Dress {
  const systemScheme = system.matchMedia(darkQuery).matches ? 'dark' : 'light';
  const systemContrast = system.matchMedia(contrastQuery).matches ? 'high' : 'normal';
  return {
    scheme: colorScheme === 'auto' ? systemScheme : colorScheme,
    contrast: contrast === 'auto' ? systemContrast : contrast,
  };
}

/** Calls back whenever the system changes its mind about scheme or contrast; answers what ends it. */
export function watchSystemDress(system: Pick<Window, 'matchMedia'>, onChange: () => void): () => void {
  const watched = [darkQuery, contrastQuery].map((query) => system.matchMedia(query));
  for (const query of watched) query.addEventListener('change', onChange);
  return () => {
    for (const query of watched) query.removeEventListener('change', onChange);
  };
}
