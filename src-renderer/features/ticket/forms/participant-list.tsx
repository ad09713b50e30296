import { useTranslation } from 'react-i18next';
import { displayAddress } from '#shared/mail/addresses.ts';
import type { Letter } from '#shared/ticket/letter.ts';
import type { Ticket } from '#shared/ticket/ticket.ts';
import { Badge } from '../../../ui/badge.tsx';

/** Who takes part in a ticket: whose letters join it, and who may be answered. */
export function ParticipantList({
  ticket,
  letters,
}: {
  readonly ticket: Ticket;
  readonly letters: readonly Letter[];
}) {
  const { t } = useTranslation();
  const names = new Map(
    letters.flatMap(({ to, cc, from }) => [...to, ...cc, from].map(({ address, name }) => [address, name])),
  );
  return (
    <>
      <p className="quiet form-about">{t('client.participantsRule')}</p>
      {ticket.participants.length === 0 ? (
        <p>{t('client.participantsNone')}</p>
      ) : (
        <ul className="participants" aria-label={t('client.participantsTitle')}>
          {ticket.participants.map((address) => (
            <li key={address}>
              <span>{displayAddress(address)}</span>
              <span className="quiet">{names.get(address) ?? ''}</span>
              {address === ticket.client.address && <Badge icon="user">{t('client.first')}</Badge>}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
