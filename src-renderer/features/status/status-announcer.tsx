import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Connection } from '#shared/bridge/desk-status.ts';
import { useStanding } from '../../state/standing.ts';

/**
 * Reads out what has changed for good: a connection lost or back, reading begun. Tries in between and counts are to be
 * seen, not heard.
 */
export function StatusAnnouncer() {
  const { t } = useTranslation();
  const mailbox = useSettled(useStanding(({ status }) => status?.mailbox));
  const api = useSettled(useStanding(({ status }) => status?.api));
  const isReading = useStanding(({ status }) => (status?.progress ?? null) !== null);
  const isRebuilding = useStanding(({ cacheState }) => cacheState?.state === 'rebuilding');
  const standing = (connection: Connection) =>
    connection.problem === null
      ? t(`status.state.${connection.state}`)
      : t(`status.problem.${connection.problem}`);
  const words = [
    mailbox === null ? '' : `${t('status.mailbox')}: ${standing(mailbox)}.`,
    api === null ? '' : `${t('status.api')}: ${standing(api)}.`,
    isReading ? `${t('status.reading')}.` : '',
    isRebuilding ? `${t('status.rebuilding')}.` : '',
  ];
  return <output className="unseen">{words.filter((each) => each !== '').join(' ')}</output>;
}

/** The last state that was more than a try. */
function useSettled(connection: Connection | undefined): Connection | null {
  const [settled, setSettled] = useState<Connection | null>(null);
  if (connection === undefined || connection.state === 'connecting') return settled;
  if (settled?.state !== connection.state || settled.problem !== connection.problem) setSettled(connection);
  return connection;
}
