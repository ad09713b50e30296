import { CopyButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { displayAddress } from '#shared/mail/addresses.ts';
import { formatMoment } from '#shared/text/format-moment.ts';
import type { Ticket } from '#shared/ticket/ticket.ts';
import { keysOf } from '../../commands/key-hint.tsx';
import { Icon, type IconName } from '../../ui/icon.tsx';
import type { TicketDialog } from './ticket-dialogs.tsx';
import { telephoneUrl } from './telephone-url.ts';
import { useOpenLink } from './use-open-link.ts';

/** Whose ticket it is, how to reach them, and when and how it came. */
export function ClientLine({
  ticket,
  mayEdit,
  onDialog,
}: {
  readonly ticket: Ticket;
  readonly mayEdit: boolean;
  readonly onDialog: (dialog: TicketDialog) => void;
}) {
  const { t } = useTranslation();
  const openLink = useOpenLink();
  const { name, address, phone } = ticket.client;
  const url = telephoneUrl(phone);
  const isInternal = ticket.channel === 'internal';
  return (
    <div className="ticket-client">
      <Icon name={icons[ticket.channel]} size={14} />
      <strong>
        {isInternal ? t('ticket.internal') : name === '' && address === '' ? t('client.unknown') : name}
      </strong>
      {address !== '' && (
        <span className="client-part">
          <span>{displayAddress(address)}</span>
          <CopyIcon value={address} label={t('client.copyAddress')} />
        </span>
      )}
      {phone !== '' && (
        <span className="client-part">
          {url === null ? (
            <span>{phone}</span>
          ) : (
            <a
              href={url}
              aria-label={t('client.call', { phone })}
              onClick={(event) => {
                event.preventDefault();
                openLink(url);
              }}
            >
              {phone}
            </a>
          )}
          <CopyIcon value={phone} label={t('client.copyPhone')} />
        </span>
      )}
      {mayEdit && !isInternal && (
        <button
          type="button"
          className="icon-button"
          aria-label={t('client.edit')}
          aria-haspopup="dialog"
          aria-keyshortcuts="U"
          title={t('client.edit')}
          onClick={() => onDialog('client')}
        >
          <Icon name="edit" size={14} />
        </button>
      )}
      {!isInternal && (
        <button
          type="button"
          className="quiet-button"
          aria-haspopup="dialog"
          aria-keyshortcuts={keysOf('ticket.participants') ?? undefined}
          onClick={() => onDialog('participants')}
        >
          <Icon name="people" size={14} />
          {t('client.participants', { number: ticket.participants.length })}
        </button>
      )}
      <span className="quiet">{t(cameBy(ticket), { at: formatMoment(ticket.receivedAt) })}</span>
    </div>
  );
}

const icons: Readonly<Record<Ticket['channel'], IconName>> = {
  mail: 'mail',
  phone: 'phone',
  internal: 'settings',
};

function cameBy({ channel, lastClientLetterAt }: Ticket) {
  if (channel === 'phone') return 'ticket.calledAt';
  return lastClientLetterAt === null ? 'ticket.createdAt' : 'ticket.receivedAt';
}

function CopyIcon({ value, label }: { readonly value: string; readonly label: string }) {
  const { t } = useTranslation();
  return (
    <CopyButton value={value} timeout={2000}>
      {({ copied, copy }) => (
        <>
          <button type="button" className="icon-button" aria-label={label} title={label} onClick={copy}>
            <Icon name={copied ? 'check' : 'copy'} size={13} />
          </button>
          <output className="unseen">{copied ? t('client.copied') : ''}</output>
        </>
      )}
    </CopyButton>
  );
}
