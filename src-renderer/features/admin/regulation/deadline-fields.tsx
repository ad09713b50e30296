import { NumberInput, Radio, Select, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Profile } from '#shared/regulation/profile.ts';
import { computeDeadline } from '#shared/sla/deadline.ts';
import { formatMoment, formatWeekday } from '#shared/text/format-moment.ts';
import { languageOf } from '../../../language/words.ts';
import { useDesk } from '../../../state/desk-context.ts';
import { faultAt, type Fault } from './fault-words.ts';
import { wholeNumber } from './whole-number.ts';

type Reading = Profile['deadline'];

const modes = ['A', 'C', 'D'] as const;
const targetModes = ['D', 'B', 'A', 'C'] as const;
const dayEnds = ['closing', 'midnight'] as const;
const HOUR_MS = 3_600_000;

/** How "three working days" are counted: the contractual deadline and the service's own target. */
export function DeadlineFields({
  deadline,
  fault,
  onChange,
}: {
  readonly deadline: Reading;
  readonly fault: Fault | null;
  readonly onChange: (deadline: Reading) => void;
}) {
  const { t } = useTranslation();
  const change = (part: Partial<Reading>) => onChange({ ...deadline, ...part });
  const error = (field: keyof Reading) => faultAt(fault, `/profile/deadline/${field}`, t);
  return (
    <>
      <Radio.Group
        label={t('regulation.deadline.mode')}
        value={deadline.mode}
        onChange={(value) => change({ mode: modes.find((mode) => mode === value) ?? deadline.mode })}
      >
        <Stack gap={6} mt={6}>
          {modes.map((mode) => (
            <Radio
              key={mode}
              value={mode}
              label={t(`regulation.deadline.modes.${mode}`)}
              description={t(`regulation.deadline.modesWhy.${mode}`)}
            />
          ))}
        </Stack>
      </Radio.Group>
      <div className="form-row form-row-top">
        <NumberInput
          label={t('regulation.deadline.days')}
          value={deadline.days}
          error={error('days')}
          min={1}
          max={250}
          allowDecimal={false}
          clampBehavior="none"
          className="grow"
          onChange={(days) => change({ days: wholeNumber(days) })}
        />
        <Select
          label={t('regulation.deadline.dayEnds')}
          data={dayEnds.map((value) => ({ value, label: t(`regulation.deadline.dayEndsAt.${value}`) }))}
          value={deadline.dayEnds}
          allowDeselect={false}
          className="grow"
          onChange={(value) => change({ dayEnds: value === 'midnight' ? 'midnight' : 'closing' })}
        />
        <Select
          label={t('regulation.deadline.short')}
          data={(['0', '60'] as const).map((value) => ({
            value,
            label: t(`regulation.deadline.shortBy.${value}`),
          }))}
          value={String(deadline.shortDayMinutes)}
          allowDeselect={false}
          className="grow"
          onChange={(value) => change({ shortDayMinutes: value === '60' ? 60 : 0 })}
        />
      </div>
      <div className="form-row form-row-top">
        <Select
          label={t('regulation.deadline.target')}
          data={targetModes.map((value) => ({ value, label: t(`regulation.deadline.targets.${value}`) }))}
          value={deadline.targetMode}
          allowDeselect={false}
          className="grow"
          onChange={(value) =>
            change({ targetMode: targetModes.find((mode) => mode === value) ?? deadline.targetMode })
          }
        />
        <NumberInput
          label={t('regulation.deadline.targetDays')}
          value={deadline.targetDays}
          error={error('targetDays')}
          min={1}
          max={250}
          allowDecimal={false}
          clampBehavior="none"
          className="grow"
          onChange={(days) => change({ targetDays: wholeNumber(days) })}
        />
        <NumberInput
          label={t('regulation.deadline.atRisk')}
          value={deadline.atRiskMinutes}
          error={error('atRiskMinutes')}
          min={0}
          max={100_000}
          allowDecimal={false}
          clampBehavior="none"
          className="grow"
          onChange={(minutes) => change({ atRiskMinutes: wholeNumber(minutes) })}
        />
      </div>
      <Example deadline={deadline} />
    </>
  );
}

/** What the fields make of a letter that came on the last Friday evening. */
function Example({ deadline }: { readonly deadline: Reading }) {
  const { t, i18n } = useTranslation();
  const { calendar, now } = useDesk();
  const language = languageOf(i18n);
  if (!Number.isInteger(deadline.days) || !Number.isInteger(deadline.targetDays)) return null;
  if (deadline.days < 1 || deadline.targetDays < 1) return null;
  const time = calendar.workingTime(deadline.shortDayMinutes);
  const friday = time.dayOf(now) - ((time.dayOf(now) + 6) % 7);
  const receivedAt = time.endOfDay(friday) - 5.5 * HOUR_MS;
  const { atRiskMinutes, ...reading } = deadline;
  const { deadlineAt, targetAt } = computeDeadline(receivedAt, calendar, {
    ...reading,
    atRiskMs: atRiskMinutes,
  });
  const words = (at: number) => `${formatWeekday(at, language)} ${formatMoment(at)}`;
  return (
    <output className="settings-note">
      {t('regulation.deadline.example', {
        received: words(receivedAt),
        deadline: words(deadlineAt),
        target: words(targetAt),
      })}
    </output>
  );
}
