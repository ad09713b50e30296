import { useTranslation } from 'react-i18next';
import { formatDate, formatTime, formatWeekday } from '#shared/text/format-moment.ts';
import { languageOf } from '../../language/words.ts';
import { Icon } from '../../ui/icon.tsx';
import type { Due } from './describe-due.ts';
import { dueIcons } from './due-text.tsx';

/** When a reaction is due, in the one line that a row has for it: state, what is left in words, then the date. */
export function RowDue({ due, now }: { readonly due: Due; readonly now: number }) {
  const { t, i18n } = useTranslation();
  const { count, state, unit, deadlineAt } = due;
  const isLate = state === 'overdue';
  // This year's dates need no year.
  const date = formatDate(deadlineAt);
  const [day] = date.slice(6) === formatDate(now).slice(6) ? [date.slice(0, 5)] : [date];
  const at = `${formatWeekday(deadlineAt, languageOf(i18n))} ${day} ${formatTime(deadlineAt)}`;
  const late = count === 0 ? '' : ` ${t(`due.late.${unit}`, { count })}`;
  return (
    <span className="due row-due" data-state={state}>
      <Icon name={dueIcons[state]} size={14} />
      <span className="due-state">
        {t(`due.state.${state}`)}
        {isLate && late}
      </span>
      <span className="row-due-at">{isLate ? t('due.since', { at }) : t('due.by', { at })}</span>
      {!isLate && <span className="row-due-left">{t(`due.left.${unit}`, { count })}</span>}
    </span>
  );
}
