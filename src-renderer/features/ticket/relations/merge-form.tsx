import { Button, Radio, Stack } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TicketId } from '#shared/ids.ts';
import { displayAddress } from '#shared/mail/addresses.ts';
import { formatMoment } from '#shared/text/format-moment.ts';
import type { Ticket } from '#shared/ticket/ticket.ts';
import { Warning } from '../../../ui/problem.tsx';
import { useFirstField } from '../../../ui/use-first-field.ts';
import { FormButtons } from '../forms/form-buttons.tsx';
import { newcomersOf } from './newcomers-of.ts';
import { TicketFinder } from './ticket-finder.tsx';
import { TicketName } from './ticket-name.tsx';

/** Makes one ticket of two: which other one, and which of them stays. It cannot be taken back. */
export function MergeForm({
  ticket,
  onMerge,
  onCancel,
}: {
  readonly ticket: Ticket;
  readonly onMerge: (given: TicketId, into: TicketId) => void;
  readonly onCancel: () => void;
}) {
  const [other, setOther] = useState<Ticket | null>(null);
  return other === null ? (
    <TicketFinder ticket={ticket} onChoose={setOther} />
  ) : (
    <BothTickets
      tickets={[other, ticket]}
      onMerge={onMerge}
      onBack={() => setOther(null)}
      onCancel={onCancel}
    />
  );
}

function BothTickets({
  tickets,
  onMerge,
  onBack,
  onCancel,
}: {
  /** The first one stays where nothing else is said. */
  readonly tickets: readonly [Ticket, Ticket];
  readonly onMerge: (given: TicketId, into: TicketId) => void;
  readonly onBack: () => void;
  readonly onCancel: () => void;
}) {
  const { t } = useTranslation();
  const [first, second] = tickets;
  const [keptId, setKeptId] = useState(first.id);
  const [kept, given] = keptId === first.id ? [first, second] : [second, first];
  const newcomers = newcomersOf(given, kept);
  const form = useRef<HTMLFormElement>(null);
  useFirstField(form);
  return (
    <form
      ref={form}
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        onMerge(given.id, kept.id);
      }}
    >
      <Radio.Group
        label={t('relation.merge.keep')}
        value={keptId}
        onChange={(value) => setKeptId(value === second.id ? second.id : first.id)}
      >
        <Stack gap={8} mt={6}>
          {tickets.map((each) => (
            <Radio
              key={each.id}
              value={each.id}
              size="sm"
              label={<TicketName ticket={each} />}
              description={t('relation.merge.about', {
                status: t(`ticket.status.${each.status}`),
                at: formatMoment(each.receivedAt),
                letters: t('relation.letters', { count: each.letterCount }),
              })}
            />
          ))}
        </Stack>
      </Radio.Group>
      <p className="quiet form-about">{t('relation.merge.rule')}</p>
      {newcomers.length > 0 && (
        <Warning>
          {t('relation.merge.strangers', { addresses: newcomers.map(displayAddress).join(', ') })}
        </Warning>
      )}
      <FormButtons submit={t('relation.merge.set')} tone="bad" onCancel={onCancel}>
        <Button variant="default" onClick={onBack}>
          {t('relation.merge.other')}
        </Button>
      </FormButtons>
    </form>
  );
}
