import { TagsInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { longestTag, normaliseTags } from '#shared/ticket/tags.ts';
import { useKnownTags } from '../../../state/use-known-tags.ts';
import { FormButtons } from './form-buttons.tsx';

/** So many tags a ticket gets at most by hand. */
const mostTags = 20;

/**
 * The tags of a ticket, to be typed or chosen from those in use.
 *
 * Only what the agent changed is saved: tags that colleagues put on or took off meanwhile stay as they made them.
 */
export function TagsForm({
  tags,
  onSave,
  onCancel,
}: {
  readonly tags: readonly string[];
  readonly onSave: (add: readonly string[], remove: readonly string[]) => void;
  readonly onCancel: () => void;
}) {
  const { t } = useTranslation();
  const known = useKnownTags();
  const [before] = useState(tags);
  const [chosen, setChosen] = useState(before);
  const [typed, setTyped] = useState('');
  const [isOffering, setOffering] = useState(false);
  // A word that stands there without Enter is meant as well.
  const after = normaliseTags([...chosen, typed]);
  const add = after.filter((tag) => !before.includes(tag));
  const remove = before.filter((tag) => !after.includes(tag));
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        onSave(add, remove);
      }}
    >
      <TagsInput
        label={t('tags.label')}
        description={t('tags.hint')}
        data-autofocus
        data={[...known]}
        value={[...chosen]}
        searchValue={typed}
        maxTags={mostTags}
        maxLength={longestTag}
        clearable={false}
        // The list hangs over the form's buttons: it comes with a word or an arrow, and goes when that is settled.
        openOnFocus={false}
        dropdownOpened={isOffering}
        onDropdownOpen={() => setOffering(true)}
        onDropdownClose={() => setOffering(false)}
        onSearchChange={setTyped}
        onChange={(changed) => {
          setChosen(normaliseTags(changed));
          setOffering(false);
        }}
      />
      <FormButtons
        submit={t('app.save')}
        disabled={add.length === 0 && remove.length === 0}
        onCancel={onCancel}
      />
    </form>
  );
}
