import { useTranslation } from 'react-i18next';
import type { BounceRecipient } from '#shared/mail/bounce-recipient.ts';
import { displayAddress } from '#shared/mail/addresses.ts';
import { statusWord } from './status-words.ts';

/** Whom a letter did not reach: address, why, the server's code, and whether it is for good. */
export function BouncedRecipients({ recipients }: { readonly recipients: readonly BounceRecipient[] }) {
  const { t } = useTranslation();
  return (
    <ul className="bounced">
      {recipients.map(({ address, status, permanent }) => (
        <li key={address}>
          <span>{displayAddress(address)}</span>
          {': '}
          {t(`bounce.status.${statusWord(status)}`)}
          {status !== null && <span className="quiet"> ({status})</span>}
          {', '}
          {t(permanent ? 'bounce.permanent' : 'bounce.passing')}
        </li>
      ))}
    </ul>
  );
}
