import { MultiSelect, Select, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Draft } from '#shared/bridge/draft.ts';
import { ANSWER_KINDS } from '#shared/regulation/answer-kind.ts';
import type { MailboxAddress } from '#shared/ticket/letter.ts';
import { addressWords } from '../../ui/address-text.tsx';

/** To, copy, subject and kind of an answer. Only the ticket's participants can be chosen. */
export function RecipientFields({
  draft,
  allowed,
  readOnly,
  onChange,
}: {
  readonly draft: Draft;
  readonly allowed: readonly MailboxAddress[];
  readonly readOnly: boolean;
  readonly onChange: (change: Partial<Draft>) => void;
}) {
  const { t } = useTranslation();
  const people = new Map([...draft.to, ...draft.cc, ...allowed].map((person) => [person.address, person]));
  const options = [...people.values()].map((person) => ({
    value: person.address,
    label: addressWords(person),
  }));
  const chosen = (addresses: readonly string[]) => addresses.flatMap((address) => people.get(address) ?? []);
  return (
    <div className="composer-fields">
      <MultiSelect
        label={t('compose.to')}
        readOnly={readOnly}
        data={options}
        value={draft.to.map(({ address }) => address)}
        error={draft.to.length === 0 ? t('compose.noRecipient') : null}
        onChange={(addresses) => onChange({ to: chosen(addresses) })}
      />
      <MultiSelect
        label={t('compose.cc')}
        readOnly={readOnly}
        data={options.filter(({ value }) => draft.to.every(({ address }) => address !== value))}
        value={draft.cc.map(({ address }) => address)}
        onChange={(addresses) => onChange({ cc: chosen(addresses) })}
      />
      <TextInput
        label={t('compose.subject')}
        readOnly={readOnly}
        value={draft.subject}
        maxLength={2000}
        onChange={(event) => onChange({ subject: event.currentTarget.value })}
      />
      <Select
        label={t('compose.answerKind')}
        readOnly={readOnly}
        data={ANSWER_KINDS.map((kind) => ({ value: kind, label: t(`answerKind.${kind}`) }))}
        value={draft.answerKind}
        allowDeselect={false}
        onChange={(answerKind) => {
          if (answerKind !== null) onChange({ answerKind });
        }}
      />
    </div>
  );
}
