import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Connection } from '#shared/bridge/desk-status.ts';
import { formatTime } from '#shared/text/format-moment.ts';
import { useDesk } from '../../state/desk-context.ts';
import { usePanels } from '../../state/panels.ts';
import { useStanding } from '../../state/standing.ts';
import { Icon } from '../../ui/icon.tsx';
import { UnconfirmedYearBanner } from './unconfirmed-year.tsx';

/** Says across the whole desk that a connection is gone and what that means; there until it is back. */
export function OfflineBanner() {
  const { t } = useTranslation();
  const { bridge } = useDesk();
  const mailbox = useStanding(({ status }) => status?.mailbox);
  const api = useStanding(({ status }) => status?.api);
  const page = usePanels((panels) => panels.page);
  const showPage = usePanels((panels) => panels.showPage);
  const isMailboxAway = useAway(mailbox);
  const isApiAway = useAway(api);
  const away = isMailboxAway && isApiAway ? 'both' : isMailboxAway ? 'mailbox' : isApiAway ? 'api' : null;
  const retries = [mailbox?.retryAt ?? [], api?.retryAt ?? []].flat();
  return (
    <div className="offline" role="status">
      {away !== null && (
        <div className="offline-banner">
          <Icon name="alert" />
          <span className="offline-words">
            <strong>{t(`status.away.${away}`)}</strong> {t('status.away.goOn')}
          </span>
          {retries.length > 0 && (
            <span className="offline-retry" aria-hidden="true">
              {t('status.retryAt', { at: formatTime(Math.min(...retries)) })}
            </span>
          )}
          <button
            type="button"
            className="text-button"
            onClick={() => void bridge.call('status.retryNow', {})}
          >
            {t('status.retryNow')}
          </button>
          {page !== 'outbox' && (
            <button type="button" className="text-button" onClick={() => showPage('outbox')}>
              {t('status.openOutbox')}
            </button>
          )}
        </div>
      )}
      <UnconfirmedYearBanner />
    </div>
  );
}

/** Away from the first failure until it is online again: each try in between changes nothing. */
function useAway(connection: Connection | undefined): boolean {
  const [away, setAway] = useState(false);
  if (connection === undefined) return away;
  const isAway = connection.state === 'waiting' || (connection.state === 'connecting' && away);
  if (isAway !== away) setAway(isAway);
  return isAway;
}
