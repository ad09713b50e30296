import { Checkbox, NumberInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Profile } from '#shared/regulation/profile.ts';
import { faultAt, type Fault } from './fault-words.ts';
import { wholeNumber } from './whole-number.ts';

type Closing = Profile['closing'];

/** When silence closes a ticket, and how long a closed one can come back. */
export function ClosingFields({
  closing,
  fault,
  onChange,
}: {
  readonly closing: Closing;
  readonly fault: Fault | null;
  readonly onChange: (closing: Closing) => void;
}) {
  const { t } = useTranslation();
  const change = (part: Partial<Closing>) => onChange({ ...closing, ...part });
  return (
    <>
      <div className="form-row form-row-top">
        <NumberInput
          label={t('regulation.closing.afterHours')}
          description={t('regulation.closing.afterHoursWhy')}
          value={closing.afterHours}
          error={faultAt(fault, '/profile/closing/afterHours', t)}
          min={1}
          max={8760}
          allowDecimal={false}
          clampBehavior="none"
          className="grow"
          onChange={(hours) => change({ afterHours: wholeNumber(hours) })}
        />
        <NumberInput
          label={t('regulation.closing.reopen')}
          description={t('regulation.closing.reopenWhy')}
          value={closing.reopenWithinDays}
          error={faultAt(fault, '/profile/closing/reopenWithinDays', t)}
          min={1}
          max={3650}
          allowDecimal={false}
          clampBehavior="none"
          className="grow"
          onChange={(days) => change({ reopenWithinDays: wholeNumber(days) })}
        />
      </div>
      <Checkbox
        label={t('regulation.closing.notBefore')}
        description={t('regulation.closing.notBeforeWhy')}
        checked={closing.notBeforeEndOfNextWorkingDay}
        onChange={(event) => change({ notBeforeEndOfNextWorkingDay: event.currentTarget.checked })}
      />
    </>
  );
}
