import { Select, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Draft } from '#shared/bridge/draft.ts';
import { ANSWER_KINDS } from '#shared/regulation/answer-kind.ts';
import type { MailboxAddress } from '#shared/ticket/letter.ts';
import { Icon } from '../../ui/icon.tsx';
import { RecipientField } from './recipient-field.tsx';

/** To, copy, subject and kind of a letter. An answer goes to the ticket's participants only. */
export function RecipientFields({
  draft,
  allowed,
  readOnly,
  onChange,
}: {
  readonly draft: Draft;
  /** The ticket's participants. */
  readonly allowed: readonly MailboxAddress[];
  readonly readOnly: boolean;
  readonly onChange: (change: Partial<Draft>) => void;
}) {
  const { t } = useTranslation();
  const isAnswer = draft.purpose === 'answer';
  const isForward = draft.purpose === 'forward';
  const suggested = isForward ? [] : allowed;
  const isIn = (list: readonly MailboxAddress[]) => {
    const addresses = new Set(list.map(({ address }) => address));
    return (person: MailboxAddress) => addresses.has(person.address);
  };
  return (
    <div className="composer-fields" data-purpose={draft.purpose}>
      {isForward && (
        <p className="composer-warning message" data-tone="warning">
          <Icon name="alert" />
          <span>{t('compose.forward.warning')}</span>
        </p>
      )}
      <RecipientField
        label={t('compose.to')}
        people={draft.to}
        suggested={suggested.filter((person) => !isIn(draft.cc)(person))}
        free={!isAnswer}
        error={isAnswer && draft.to.length === 0 ? t('compose.noRecipient') : null}
        readOnly={readOnly}
        onChange={(to) => onChange({ to })}
      />
      <RecipientField
        label={t('compose.cc')}
        people={draft.cc}
        suggested={suggested.filter((person) => !isIn(draft.to)(person))}
        free={!isAnswer}
        error={null}
        readOnly={readOnly}
        onChange={(cc) => onChange({ cc })}
      />
      <TextInput
        label={t('compose.subject')}
        readOnly={readOnly}
        value={draft.subject}
        maxLength={2000}
        onChange={(event) => onChange({ subject: event.currentTarget.value })}
      />
      {isAnswer && (
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
      )}
    </div>
  );
}
