import { Combobox, Pill, PillsInput, useCombobox } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { displayAddress } from '#shared/mail/addresses.ts';
import type { MailboxAddress } from '#shared/ticket/letter.ts';
import { addressWords } from '../../ui/address-text.tsx';
import { isRecipient, parseRecipients } from './parse-recipients.ts';

/**
 * The people of one line of a letter, a chip each.
 *
 * `free`: any address can be typed or pasted, several parted by commas; one that nothing can be sent to stays, marked,
 * until it is put right. Else only those who are suggested can be chosen (regulation §5).
 */
export function RecipientField({
  label,
  people,
  suggested,
  free,
  error,
  readOnly,
  onChange,
}: {
  readonly label: string;
  readonly people: readonly MailboxAddress[];
  readonly suggested: readonly MailboxAddress[];
  readonly free: boolean;
  readonly error: string | null;
  readonly readOnly: boolean;
  readonly onChange: (people: MailboxAddress[]) => void;
}) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const taken = new Set(people.map(({ address }) => address));
  const wanted = text.trim().toLocaleLowerCase();
  const options = suggested.filter(
    (person) => !taken.has(person.address) && addressWords(person).toLocaleLowerCase().includes(wanted),
  );
  const wrong = people.filter((person) => !isRecipient(person));
  const add = (added: readonly MailboxAddress[]) => {
    const news = added.filter(({ address }) => address !== '' && !taken.has(address));
    if (news.length > 0) onChange([...people, ...news].slice(0, 50));
    setText('');
    combobox.closeDropdown();
  };
  const addTyped = () => {
    if (free && text.trim() !== '') add(parseRecipients(text));
  };
  return (
    <Combobox
      store={combobox}
      onOptionSubmit={(address) => add(options.filter((person) => person.address === address))}
    >
      <Combobox.DropdownTarget>
        <PillsInput
          size="xs"
          label={label}
          className="recipients"
          error={
            error ??
            (wrong.length > 0
              ? t('compose.wrongAddress', { address: wrong.map(({ address }) => address).join(', ') })
              : null)
          }
          onClick={() => combobox.openDropdown()}
        >
          <Pill.Group>
            {people.map((person) => (
              <Pill
                key={person.address}
                size="xs"
                withRemoveButton={!readOnly}
                removeButtonProps={{
                  'aria-label': t('compose.removeRecipient', { name: displayAddress(person.address) }),
                  'aria-hidden': false,
                  tabIndex: 0,
                }}
                data-wrong={!isRecipient(person) || undefined}
                onRemove={() => onChange(people.filter(({ address }) => address !== person.address))}
              >
                {addressWords(person)}
              </Pill>
            ))}
            <Combobox.EventsTarget>
              <PillsInput.Field
                aria-label={label}
                value={text}
                data-typing={text !== '' || undefined}
                readOnly={readOnly}
                placeholder={people.length === 0 && free ? t('compose.addressHint') : ''}
                onFocus={() => combobox.openDropdown()}
                onBlur={() => {
                  combobox.closeDropdown();
                  addTyped();
                }}
                onChange={(event) => {
                  setText(event.currentTarget.value);
                  combobox.openDropdown();
                  combobox.updateSelectedOptionIndex();
                }}
                onPaste={(event) => {
                  const pasted = event.clipboardData.getData('text/plain');
                  if (!free || !pasted.includes('@')) return;
                  event.preventDefault();
                  add(parseRecipients(pasted));
                }}
                onKeyDown={(event) => {
                  if (event.key === 'Backspace' && text === '' && !readOnly) {
                    onChange(people.slice(0, -1));
                  } else if ([',', ';', 'Enter'].includes(event.key) && !event.ctrlKey && free) {
                    const isChoosing = event.key === 'Enter' && combobox.getSelectedOptionIndex() >= 0;
                    if (isChoosing || text.trim() === '') return;
                    event.preventDefault();
                    addTyped();
                  }
                }}
              />
            </Combobox.EventsTarget>
          </Pill.Group>
        </PillsInput>
      </Combobox.DropdownTarget>
      <Combobox.Dropdown hidden={readOnly || options.length === 0}>
        <Combobox.Options aria-label={label}>
          {options.map((person) => (
            <Combobox.Option key={person.address} value={person.address}>
              {addressWords(person)}
            </Combobox.Option>
          ))}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
