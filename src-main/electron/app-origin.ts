/** The scheme of everything that a window loads. */
export const appScheme = 'app';

/** The only origin of the desk's pages. */
export const appOrigin = `${appScheme}://desk`;

/** True for addresses of the desk's own pages and files. */
export function isAppUrl(url: string): boolean {
  return url.startsWith(`${appOrigin}/`);
}
