import { useTranslation } from 'react-i18next';
import type { Activity } from '#shared/ticket/activity.ts';
import { languageOf } from '../../language/words.ts';
import { useDesk } from '../../state/desk-context.ts';
import { activitySentence } from './activity-words.ts';

/** Says a line of a ticket's history in the desk's language, with the names of the directory. */
export function useActivityWords(): (activity: Activity) => string {
  const { t, i18n } = useTranslation();
  const { agents, rules } = useDesk();
  return (activity) =>
    activitySentence(activity, {
      t,
      language: languageOf(i18n),
      rules,
      nameOf: (id) => agents.get(id)?.name ?? null,
    });
}
