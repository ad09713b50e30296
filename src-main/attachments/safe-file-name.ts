/** File systems take 255 bytes; what is added to a name when it is taken fits in as well. */
const longestStem = 100;

/** Names that Windows gives to devices, whatever ending follows. */
const deviceName = /^(?:con|prn|aux|nul|clock\$|conin\$|conout\$|(?:com|lpt)[0-9¹²³])$/iu;

/**
 * A name under which an attachment can lie on any disk, and its ending in lower case.
 *
 * No folders, no control characters, none that turn the direction of writing (a name that reads `invoice fdp.exe`
 * backwards), none that Windows forbids, no names of devices, no dots and spaces at the ends, of limited length.
 */
export function safeFileName(name: string): { readonly stem: string; readonly extension: string } {
  const plain = name
    .normalize('NFC')
    .split(/[\\/]/u)
    .at(-1)
    ?.replaceAll(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\p{Zl}\p{Zp}]/gu, '')
    .replaceAll(/[<>:"|?*]/gu, '_')
    .replaceAll(/\s+/gu, ' ')
    .replace(/[. ]+$/u, '')
    .trim();
  const [, stem = '', extension = ''] = /^(.*?)(?:\.([a-z0-9]{1,10}))?$/iu.exec(plain ?? '') ?? [];
  const short = Array.from(stem.replace(/^[. ]+/u, ''))
    .slice(0, longestStem)
    .join('')
    .replace(/[. ]+$/u, '');
  // Windows goes by what stands before the first dot.
  const isDevice = deviceName.test((short.split('.', 1)[0] ?? '').trim());
  return {
    stem: short === '' || isDevice ? `file${short === '' ? '' : `-${short}`}` : short,
    extension: extension.toLowerCase(),
  };
}
