import { useTranslation } from 'react-i18next';
import type { CommandId } from './command-list.ts';

type NumberedId = Extract<CommandId, `queue.section${string}`>;

/** Says what a command does, in the desk's language. */
export function useCommandWords(): (id: CommandId) => string {
  const { t } = useTranslation();
  return (id) =>
    isNumbered(id) ? t('commands.queue.section', { number: id.slice(-1) }) : t(`commands.${id}`);
}

function isNumbered(id: CommandId): id is NumberedId {
  return id.startsWith('queue.section');
}
