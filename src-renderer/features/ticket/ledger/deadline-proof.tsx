import { Button, Group } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { provePeriods, type ProvedPeriod } from '#shared/sla/prove-periods.ts';
import { formatMoment, formatWeekday } from '#shared/text/format-moment.ts';
import type { TicketView } from '../../../cache/cache-views.ts';
import { languageOf } from '../../../language/words.ts';
import { useDesk } from '../../../state/desk-context.ts';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { Icon } from '../../../ui/icon.tsx';
import { BasisList } from './basis-list.tsx';
import { DisputeSheet } from './dispute-sheet.tsx';
import { proofJson } from './proof-json.ts';
import { ProofPeriod, type MovedDeadline } from './proof-period.tsx';
import './ledger.css';

/** The proof of every deadline that a ticket had, to read, to print and to check by program. */
export function DeadlineProof({ view }: { readonly view: TicketView }) {
  const { t, i18n } = useTranslation();
  const { now, rules } = useDesk();
  const { ticket } = view;
  const minute = Math.floor(now / 60_000) * 60_000;
  const periods = useMemo(() => provePeriods(ticket.events, rules, minute), [ticket.events, rules, minute]);
  const moves = view.activities.flatMap(({ activity: { operation } }) =>
    operation.kind === 'move-deadline' ? [operation] : [],
  );
  const language = languageOf(i18n);
  if (periods.length === 0) return <p className="quiet">{t('ledger.none')}</p>;
  return (
    <div className="proof">
      <Group gap="xs">
        <Button variant="default" leftSection={<Icon name="article" />} onClick={() => window.print()}>
          {t('ledger.print')}
        </Button>
        <CopyButton text={proofJson(ticket.number, periods)}>{t('ledger.copy')}</CopyButton>
      </Group>
      {periods.map((period, place) => (
        // The newest is what one asks about; the others are history.
        <details key={period.startedAt} open={place === periods.length - 1}>
          <summary>
            {t('ledger.period', {
              number: place + 1,
              at: `${formatWeekday(period.startedAt, language)} ${formatMoment(period.startedAt)}`,
            })}
          </summary>
          <ProofPeriod period={period} moves={movesIn(period, moves)} />
          <p className="quiet">
            {t('ledger.target', {
              at: `${formatWeekday(period.explained.targetAt, language)} ${formatMoment(period.explained.targetAt)}`,
            })}
          </p>
        </details>
      ))}
      <BasisList periods={periods} />
      <DisputeSheet ticket={ticket} now={minute}>
        {periods.map((period, place) => (
          <section key={period.startedAt}>
            <h2>
              {t('ledger.period', {
                number: place + 1,
                at: `${formatWeekday(period.startedAt, language)} ${formatMoment(period.startedAt)}`,
              })}
            </h2>
            <ProofPeriod period={period} moves={movesIn(period, moves)} />
          </section>
        ))}
        <h2>{t('ledger.basisTitle')}</h2>
        <BasisList periods={periods} />
      </DisputeSheet>
    </div>
  );
}

function movesIn(
  { startedAt, endedAt }: ProvedPeriod,
  moves: readonly MovedDeadline[],
): readonly MovedDeadline[] {
  return moves.filter(({ madeAt }) => madeAt >= startedAt && madeAt <= (endedAt ?? Infinity));
}
