import { TextInput } from '@mantine/core';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Ticket } from '#shared/ticket/ticket.ts';
import { TicketName } from './ticket-name.tsx';
import { useTicketSearch } from './use-ticket-search.ts';

/** Finds another ticket by number, subject or client; begins with the others of the same client. */
export function TicketFinder({
  ticket,
  onChoose,
}: {
  readonly ticket: Ticket;
  readonly onChoose: (other: Ticket) => void;
}) {
  const { t } = useTranslation();
  const base = useId();
  const [text, setText] = useState('');
  const [marked, setMarked] = useState(0);
  const found = useTicketSearch(text, ticket);
  const shown = found ?? [];
  const place = Math.max(0, Math.min(marked, shown.length - 1));
  const chosen = shown[place];
  const optionId = (id: string) => `${base}-${id}`;
  return (
    <>
      <TextInput
        label={t('relation.find')}
        description={text.trim() === '' ? t('relation.sameClient') : ' '}
        value={text}
        maxLength={200}
        data-autofocus
        role="combobox"
        aria-autocomplete="list"
        aria-expanded={shown.length > 0}
        aria-controls={`${base}-list`}
        aria-activedescendant={chosen === undefined ? undefined : optionId(chosen.id)}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setMarked(0);
        }}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown') setMarked(Math.min(place + 1, shown.length - 1));
          else if (event.key === 'ArrowUp') setMarked(Math.max(place - 1, 0));
          else if (event.key === 'Enter' && chosen !== undefined) onChoose(chosen);
          else return;
          event.preventDefault();
        }}
      />
      <div id={`${base}-list`} className="choices" role="listbox" aria-label={t('relation.found')}>
        {shown.map((other, at) => (
          <div
            key={other.id}
            id={optionId(other.id)}
            className="choice"
            role="option"
            aria-selected={at === place}
            tabIndex={-1}
            onClick={() => onChoose(other)}
            onKeyDown={(event) => {
              if (event.key === 'Enter') onChoose(other);
            }}
          >
            <TicketName ticket={other} />
            <span className="quiet">{t(`ticket.status.${other.status}`)}</span>
          </div>
        ))}
      </div>
      {found?.length === 0 && <output className="quiet">{t('relation.nothing')}</output>}
    </>
  );
}
