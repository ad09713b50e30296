import { Checkbox, SegmentedControl, Select, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Reason } from '#shared/regulation/profile.ts';
import { languageNames, languages } from '../../../language/languages.ts';
import { languageOf } from '../../../language/words.ts';
import { Problem } from '../../../ui/problem.tsx';
import { faultAt, type Fault } from './fault-words.ts';

const lookAgainSlot = 'lookAgain';
const outcomes = ['postponement', 'refusal'] as const;
const clocks = ['stops', 'runs'] as const;

/** One reason to postpone or refuse: what it does, and the letter that tells the client of it in three languages. */
export function ReasonFields({
  reason,
  path,
  fault,
  onChange,
}: {
  readonly reason: Reason;
  /** Of the reason in the regulation. */
  readonly path: string;
  readonly fault: Fault | null;
  readonly onChange: (reason: Reason) => void;
}) {
  const { t, i18n } = useTranslation();
  const own = languageOf(i18n);
  const [chosen, setChosen] = useState(own);
  const [faultSeen, setFaultSeen] = useState<Fault | null>(null);
  // A fault in a language that is not on screen is shown where it is.
  if (fault !== faultSeen) {
    setFaultSeen(fault);
    const wrong = languages.find((language) =>
      [`${path}/clientText/${language}`, `${path}/title/${language}`].includes(fault?.path ?? ''),
    );
    if (wrong !== undefined) setChosen(wrong);
  }
  const isFaulty = fault?.path === path || fault?.path.startsWith(`${path}/`) === true;
  const [opened, setOpened] = useState(false);
  const change = (part: Partial<Reason>) => onChange({ ...reason, ...part });
  const slots = [...reason.facts.map(({ id }) => id), ...(reason.needsLookAgain ? [lookAgainSlot] : [])];
  const whole = faultAt(fault, path, t) ?? faultAt(fault, `${path}/facts`, t);
  return (
    <details
      className="settings-more reason"
      open={opened || isFaulty}
      onToggle={(event) => setOpened(event.currentTarget.open)}
    >
      <summary>
        {t('regulation.reasons.item', { item: reason.item, title: reason.title[own] })}{' '}
        <span className="quiet">{t(`regulation.reasons.outcomes.${reason.outcome}`)}</span>
      </summary>
      <div className="form" role="group" aria-label={reason.title[own]}>
        {whole !== null && <Problem>{whole}</Problem>}
        <div className="form-row form-row-top">
          <Select
            label={t('regulation.reasons.outcome')}
            data={outcomes.map((value) => ({ value, label: t(`regulation.reasons.outcomes.${value}`) }))}
            value={reason.outcome}
            allowDeselect={false}
            className="grow"
            onChange={(value) => change({ outcome: value === 'refusal' ? 'refusal' : 'postponement' })}
          />
          <Select
            label={t('regulation.reasons.clock')}
            data={clocks.map((value) => ({ value, label: t(`regulation.reasons.clocks.${value}`) }))}
            value={reason.clock}
            allowDeselect={false}
            className="grow"
            onChange={(value) => change({ clock: value === 'runs' ? 'runs' : 'stops' })}
          />
        </div>
        <Checkbox
          label={t('regulation.reasons.lookAgain')}
          checked={reason.needsLookAgain}
          onChange={(event) => change({ needsLookAgain: event.currentTarget.checked })}
        />
        <div>
          <SegmentedControl
            aria-label={t('regulation.reasons.language')}
            value={chosen}
            data={languages.map((value) => ({ value, label: languageNames[value] }))}
            onChange={(value) => setChosen(languages.find((language) => language === value) ?? chosen)}
          />
        </div>
        <TextInput
          label={t('regulation.reasons.title')}
          lang={chosen}
          value={reason.title[chosen]}
          error={faultAt(fault, `${path}/title/${chosen}`, t)}
          maxLength={500}
          onChange={(event) => change({ title: { ...reason.title, [chosen]: event.currentTarget.value } })}
        />
        <Textarea
          label={t('regulation.reasons.text')}
          description={t('regulation.reasons.slots', {
            slots: slots.map((slot) => `{{${slot}}}`).join(', '),
          })}
          lang={chosen}
          value={reason.clientText[chosen]}
          error={faultAt(fault, `${path}/clientText/${chosen}`, t)}
          maxLength={10_000}
          autosize
          minRows={5}
          maxRows={14}
          onChange={(event) =>
            change({ clientText: { ...reason.clientText, [chosen]: event.currentTarget.value } })
          }
        />
        <ul className="plain-list quiet">
          {reason.facts.map(({ id, label }) => (
            <li key={id}>
              <code>{`{{${id}}}`}</code> {label[own]}
            </li>
          ))}
          {reason.needsLookAgain && (
            <li>
              <code>{`{{${lookAgainSlot}}}`}</code> {t('regulation.reasons.lookAgainSlot')}
            </li>
          )}
        </ul>
      </div>
    </details>
  );
}
