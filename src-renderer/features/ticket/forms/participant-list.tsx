import { useTranslation } from 'react-i18next';
import { displayAddress, normaliseAddress } from '#shared/mail/addresses.ts';
import type { Letter } from '#shared/ticket/letter.ts';
import type { Ticket } from '#shared/ticket/ticket.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Icon } from '../../../ui/icon.tsx';
import { AddParticipant } from './add-participant.tsx';

/** Who takes part in a ticket: whose letters join it, and who may be answered; and lets others in. */
export function ParticipantList({
  ticket,
  letters,
  onChange,
}: {
  readonly ticket: Ticket;
  readonly letters: readonly Letter[];
  /** Null for whoever may not. */
  readonly onChange: ((address: string, takesPart: boolean) => void) | null;
}) {
  const { t } = useTranslation();
  const names = new Map(
    letters.flatMap(({ to, cc, from }) => [...to, ...cc, from].map(({ address, name }) => [address, name])),
  );
  const client = normaliseAddress(ticket.client.address);
  return (
    <>
      <p className="quiet form-about">{t('client.participantsRule')}</p>
      {ticket.participants.length === 0 ? (
        <p>{t('client.participantsNone')}</p>
      ) : (
        <ul className="participants" aria-label={t('client.participantsTitle')}>
          {ticket.participants.map((address) => {
            const shown = displayAddress(address);
            return (
              <li key={address}>
                <span>{shown}</span>
                <span className="quiet">{names.get(address) ?? ''}</span>
                {address === client && <Badge icon="user">{t('client.first')}</Badge>}
                {address !== client && onChange !== null && (
                  <button
                    type="button"
                    className="icon-button participant-remove"
                    aria-label={t('client.remove', { address: shown })}
                    title={t('client.removeShort')}
                    onClick={() => onChange(address, false)}
                  >
                    <Icon name="close" size={14} />
                  </button>
                )}
              </li>
            );
          })}
        </ul>
      )}
      {onChange !== null && (
        <AddParticipant participants={ticket.participants} onAdd={(address) => onChange(address, true)} />
      )}
    </>
  );
}
