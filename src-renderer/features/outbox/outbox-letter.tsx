import { useTranslation } from 'react-i18next';
import type { Outgoing } from '#shared/bridge/draft.ts';
import { formatMoment } from '#shared/text/format-moment.ts';
import { useDesk } from '../../state/desk-context.ts';
import { AddressText } from '../../ui/address-text.tsx';
import { Badge } from '../../ui/badge.tsx';
import { useTimeLeft } from '../compose/use-time-left.ts';
import { OutgoingBadge } from '../ticket/outgoing-badge.tsx';
import { OutgoingStanding } from '../ticket/outgoing-view.tsx';
import { outboxAge } from './outbox-age.ts';

/** A letter that is not done yet: what it is, how long it waits, where it stands and what can be decided. */
export function OutboxLetter({ outgoing }: { readonly outgoing: Outgoing }) {
  const { t } = useTranslation();
  const { clockOffsetMs } = useDesk();
  const { draft, queuedAt, releaseAt, state, reason } = outgoing;
  const leftMs = useTimeLeft(releaseAt, clockOffsetMs);
  const waitsForTime = state === 'queued' && reason === null && leftMs > 0;
  return (
    <>
      <p className="page-card-head">
        <OutgoingBadge state={state} />
        <Badge>{t(`outbox.purpose.${draft.purpose}`)}</Badge>
        <strong>{draft.subject}</strong>
        <span className="quiet">{formatMoment(queuedAt)}</span>
        <AgeText sinceAt={queuedAt} />
      </p>
      <p className="quiet">
        {t('letter.to')} <AddressText addresses={draft.to} />
      </p>
      {waitsForTime && <p>{t('outbox.leavesIn', { count: Math.ceil(leftMs / 1000) })}</p>}
      <OutgoingStanding outgoing={outgoing} />
    </>
  );
}

/** How long something waits, in words; nothing within the first minute. */
export function AgeText({ sinceAt }: { readonly sinceAt: number }) {
  const { t } = useTranslation();
  const { now } = useDesk();
  const age = outboxAge(sinceAt, now);
  return age === null ? null : (
    <span className="quiet">{t(`outbox.age.${age.unit}`, { count: age.count })}</span>
  );
}
