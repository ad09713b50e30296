import { useTranslation } from 'react-i18next';
import { deskSections } from '../cache/queue-listing.ts';
import type { CommandId } from './command-list.ts';

type NumberedId = Extract<CommandId, `queue.section${string}`>;

/** Says what a command does, in the desk's language. */
export function useCommandWords(): (id: CommandId) => string {
  const { t } = useTranslation();
  return (id) => {
    if (!isNumbered(id)) return t(`commands.${id}`);
    const section = deskSections[Number(id.slice(-1)) - 1];
    return t('commands.queue.section', {
      section: section === undefined ? '' : t(`queue.section.${section}`),
    });
  };
}

function isNumbered(id: CommandId): id is NumberedId {
  return id.startsWith('queue.section');
}
