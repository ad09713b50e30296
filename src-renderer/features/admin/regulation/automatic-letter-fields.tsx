import { Checkbox, SegmentedControl, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { automaticLetterSlots } from '#shared/regulation/automatic-letter.ts';
import type { Profile } from '#shared/regulation/profile.ts';
import { languageNames, languages } from '../../../language/languages.ts';
import { languageOf } from '../../../language/words.ts';
import { faultAt, type Fault } from './fault-words.ts';

type AutomaticLetter = Profile['automaticLetters'][number];

/** A letter that the service sends by itself: whether it does, and its words in three languages. */
export function AutomaticLetterFields({
  letter,
  path,
  fault,
  onChange,
}: {
  readonly letter: AutomaticLetter;
  /** Of the letter in the regulation. */
  readonly path: string;
  readonly fault: Fault | null;
  readonly onChange: (letter: AutomaticLetter) => void;
}) {
  const { t, i18n } = useTranslation();
  const [chosen, setChosen] = useState(languageOf(i18n));
  const [faultSeen, setFaultSeen] = useState<Fault | null>(null);
  // A fault in a language that is not on screen is shown where it is.
  if (fault !== faultSeen) {
    setFaultSeen(fault);
    const wrong = languages.find((language) => fault?.path === `${path}/text/${language}`);
    if (wrong !== undefined) setChosen(wrong);
  }
  return (
    <div className="form" role="group" aria-label={t(`regulation.automatic.${letter.id}`)}>
      <Checkbox
        label={t(`regulation.automatic.${letter.id}`)}
        description={t('regulation.automatic.about')}
        checked={letter.enabled}
        onChange={(event) => onChange({ ...letter, enabled: event.currentTarget.checked })}
      />
      <div>
        <SegmentedControl
          aria-label={t('regulation.reasons.language')}
          value={chosen}
          data={languages.map((value) => ({ value, label: languageNames[value] }))}
          onChange={(value) => setChosen(languages.find((language) => language === value) ?? chosen)}
        />
      </div>
      <Textarea
        label={t('regulation.reasons.text')}
        description={t('regulation.reasons.slots', {
          slots: automaticLetterSlots.map((slot) => `{{${slot}}}`).join(', '),
        })}
        lang={chosen}
        value={letter.text[chosen]}
        error={faultAt(fault, `${path}/text/${chosen}`, t)}
        maxLength={10_000}
        autosize
        minRows={5}
        maxRows={14}
        onChange={(event) =>
          onChange({ ...letter, text: { ...letter.text, [chosen]: event.currentTarget.value } })
        }
      />
    </div>
  );
}
