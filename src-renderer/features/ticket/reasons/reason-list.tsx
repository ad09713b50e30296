import { useEffect, useEffectEvent, useRef, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Reason } from '#shared/regulation/profile.ts';
import { languageOf } from '../../../language/words.ts';
import { Badge } from '../../../ui/badge.tsx';

/** The regulation's reasons to put off or refuse: chosen by their digit, by arrows and Enter, or the mouse. */
export function ReasonList({
  reasons,
  currentId,
  leftId,
  onChoose,
}: {
  readonly reasons: readonly Reason[];
  /** What was given already. */
  readonly currentId: string | null;
  /** The one that was looked at: its row has the keyboard again. Null at first. */
  readonly leftId: string | null;
  readonly onChoose: (reason: Reason) => void;
}) {
  const { t, i18n } = useTranslation();
  const language = languageOf(i18n);
  const list = useRef<HTMLDivElement>(null);
  const goOn = useEffectEvent(() => {
    const place = reasons.findIndex(({ id }) => id === leftId);
    list.current?.querySelectorAll('button')[place]?.focus();
  });
  useEffect(() => goOn(), []);
  const takeKey = (event: KeyboardEvent<HTMLButtonElement>) => {
    const isPlain = !event.ctrlKey && !event.altKey && !event.metaKey;
    const digit = isPlain ? /^(?:Digit|Numpad)([1-9])$/u.exec(event.code)?.[1] : undefined;
    const chosen = digit === undefined ? undefined : reasons[Number(digit) - 1];
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (chosen === undefined && step === 0) return;
    event.preventDefault();
    if (chosen !== undefined) return onChoose(chosen);
    const rows = [...(event.currentTarget.parentElement?.querySelectorAll<HTMLElement>('button') ?? [])];
    const place = rows.indexOf(event.currentTarget) + step;
    return rows[Math.max(0, Math.min(place, rows.length - 1))]?.focus();
  };
  return (
    <div ref={list} role="group" className="reasons" aria-label={t('reason.list')}>
      {reasons.map((reason, place) => (
        <button
          key={reason.id}
          type="button"
          className="reason-row"
          data-current={reason.id === currentId || undefined}
          {...(place < 9 ? { 'aria-keyshortcuts': String(place + 1) } : {})}
          {...(place === 0 ? { 'data-autofocus': true } : {})}
          onClick={() => onChoose(reason)}
          onKeyDown={takeKey}
        >
          <kbd aria-hidden="true">{place < 9 ? place + 1 : ''}</kbd>
          <span>{reason.title[language]}</span>
          <Badge tone={reason.outcome === 'refusal' ? 'bad' : 'plain'}>
            {t(`answerKind.${reason.outcome}`)}
          </Badge>
          {reason.clock === 'runs' && <span className="quiet">{t('reason.clockRuns')}</span>}
        </button>
      ))}
    </div>
  );
}
