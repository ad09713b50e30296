import { shell } from 'electron';
import { externalUrl } from './external-url.ts';

/** Opens a link outside the desk, the only way to do so; false when the link is not of an allowed kind. */
export async function openExternal(text: string): Promise<boolean> {
  const url = externalUrl(text);
  if (url === undefined) return false;
  await shell.openExternal(url);
  return true;
}
