import { useTranslation } from 'react-i18next';
import { formatTime } from '#shared/text/format-moment.ts';
import { languageOf } from '../../language/words.ts';
import { Icon } from '../../ui/icon.tsx';
import type { Due } from './describe-due.ts';
import { dueIcons } from './due-text.tsx';
import { RowMark } from './row-mark.tsx';
import { shortDay } from './short-day.ts';

/** When a reaction is due, in the one line that a row has for it: state, date, and what is left in words if there is room. */
export function RowDue({ due, now }: { readonly due: Due; readonly now: number }) {
  const { t, i18n } = useTranslation();
  const { count, state, unit, deadlineAt } = due;
  const isLate = state === 'overdue';
  const at = `${shortDay(deadlineAt, now, languageOf(i18n))} ${formatTime(deadlineAt)}`;
  const left = t(isLate ? `due.late.${unit}` : `due.left.${unit}`, { count });
  return (
    <span className="due row-due" data-state={state} title={left}>
      <Icon name={dueIcons[state]} size={14} />
      <span className="due-state">{t(`due.state.${state}`)}</span>
      <span>{isLate ? at : t('due.by', { at })}</span>
      {due.mayMove && <RowMark icon="info" tone="warning" words={t('due.mayMoveWhy')} />}
      {/* Too late by less than a minute of working time, as all weekend after a Friday: the date says more. */}
      {!(isLate && count === 0) && <span className="row-due-left">{left}</span>}
    </span>
  );
}
