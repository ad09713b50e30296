import { Radio, Stack, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatMoment } from '#shared/text/format-moment.ts';
import type { AgentClosingOutcome, Ticket } from '#shared/ticket/ticket.ts';
import { Warning } from '../../../ui/problem.tsx';
import { FormButtons } from './form-buttons.tsx';

const outcomes = [
  'done',
  'answered-by-phone',
  'no-answer-needed',
  'not-a-request',
] as const satisfies readonly AgentClosingOutcome[];

/** How a ticket ended. `done` is not offered while the client waits: the regulation owes a reaction (§3). */
export function CloseForm({
  ticket,
  onClose,
  onCancel,
}: {
  readonly ticket: Ticket;
  readonly onClose: (outcome: AgentClosingOutcome, reason: string) => void;
  readonly onCancel: () => void;
}) {
  const { t } = useTranslation();
  const waitsSince = ticket.reactionStartedAt;
  const [outcome, setOutcome] = useState<AgentClosingOutcome | null>(waitsSince === null ? 'done' : null);
  const [reason, setReason] = useState('');
  const incomplete = outcome === null || (outcome !== 'done' && reason.trim() === '');
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        if (!incomplete) onClose(outcome, reason.trim());
      }}
    >
      {waitsSince !== null && <Warning>{t('closing.waits', { at: formatMoment(waitsSince) })}</Warning>}
      <Radio.Group
        label={t('closing.outcome')}
        value={outcome}
        onChange={(value) => setOutcome(outcomes.find((known) => known === value) ?? null)}
        required
      >
        <Stack gap={6} mt={4}>
          {outcomes
            .filter((known) => known !== 'done' || waitsSince === null)
            .map((known, place) => (
              <Radio
                key={known}
                value={known}
                size="sm"
                label={t(`closing.outcomes.${known}`)}
                {...(place === 0 ? { 'data-autofocus': true } : {})}
              />
            ))}
        </Stack>
      </Radio.Group>
      <Textarea
        label={outcome === 'done' ? t('closing.reasonDone') : t('closing.reason')}
        description={t('closing.reasonAbout')}
        value={reason}
        maxLength={2000}
        autosize
        minRows={2}
        maxRows={8}
        required={outcome !== 'done'}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <FormButtons submit={t('closing.set')} disabled={incomplete} onCancel={onCancel} />
    </form>
  );
}
