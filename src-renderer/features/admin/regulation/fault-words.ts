import type { TFunction } from 'i18next';
import type { RegulationError } from '#shared/regulation/parse-regulation.ts';

/** What is wrong with a regulation or a calendar, and where; from a file with the place in it. */
export type Fault = Pick<RegulationError, 'kind' | 'path'>;

/** The words for the field at `path`; null where the fault is another's. A path that ends in `/` stands for all below it. */
export function faultAt(fault: Fault | null, path: string, t: TFunction): string | null {
  if (fault === null) return null;
  const isHere = path.endsWith('/') ? fault.path.startsWith(path) : fault.path === path;
  return isHere ? t(`fault.${fault.kind}`) : null;
}

/** The words for whoever has the file before them. */
export function faultInFile({ kind, path }: Fault, t: TFunction): string {
  return path === '' ? t(`fault.${kind}`) : t('fault.at', { path, what: t(`fault.${kind}`) });
}
