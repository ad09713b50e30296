import { useTranslation } from 'react-i18next';
import { formatMoment, formatWeekday } from '#shared/text/format-moment.ts';
import { languageOf } from '../../language/words.ts';
import { Icon, type IconName } from '../../ui/icon.tsx';
import type { Due } from './describe-due.ts';

/** Shapes that differ as their colours do. */
export const dueIcons: Readonly<Record<Due['state'], IconName>> = {
  ok: 'clock',
  'at-risk': 'flag',
  overdue: 'alert',
};

/** When a reaction is due: state, date and time, and what is left in words. */
export function DueText({ due }: { readonly due: Due | null }) {
  const { t, i18n } = useTranslation();
  if (due === null)
    return (
      <span className="due" data-state="none">
        {t('due.none')}
      </span>
    );
  const at = `${formatWeekday(due.deadlineAt, languageOf(i18n))} ${formatMoment(due.deadlineAt)}`;
  const { count } = due;
  const overdue = due.state === 'overdue';
  // Too late by less than a minute of working time, as all weekend after a Friday: the date says more.
  const left =
    overdue && count === 0 ? null : t(overdue ? `due.late.${due.unit}` : `due.left.${due.unit}`, { count });
  const leftWords = left !== null && <span className="due-left">{left}</span>;
  return (
    <span className="due" data-state={due.state}>
      <Icon name={dueIcons[due.state]} size={14} />
      <span className="due-state">{t(`due.state.${due.state}`)}</span>
      {overdue && leftWords}
      <span>{overdue ? t('due.since', { at }) : t('due.by', { at })}</span>
      {!overdue && leftWords}
      {due.mayMove && <span title={t('due.mayMoveWhy')}>{t('due.mayMove')}</span>}
    </span>
  );
}
