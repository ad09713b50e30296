import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { formatMoment } from '#shared/text/format-moment.ts';
import type { TicketView } from '../../../cache/cache-views.ts';
import { Icon } from '../../../ui/icon.tsx';
import type { TicketDialog } from '../ticket-dialogs.tsx';
import { telephoneUrl } from '../telephone-url.ts';
import { useOpenLink } from '../use-open-link.ts';
import { BouncedRecipients } from './bounced-recipients.tsx';
import { lostAnswer } from './lost-answers.ts';
import { useWriteElsewhere } from './use-write-elsewhere.ts';

/** Whom the last answer did not reach, why, and what can be done about it. */
export function BounceNote({
  view,
  mayWork,
  onDialog,
}: {
  readonly view: TicketView;
  readonly mayWork: boolean;
  readonly onDialog: (dialog: TicketDialog) => void;
}) {
  const { t } = useTranslation();
  const openLink = useOpenLink();
  const lost = lostAnswer(view.ticket);
  const writeElsewhere = useWriteElsewhere(view, lost);
  if (lost === null) return null;
  const isLost = lost.recipients.some(({ permanent }) => permanent);
  const { phone } = view.ticket.client;
  const url = telephoneUrl(phone);
  return (
    <section className="bounce" data-lost={isLost || undefined} aria-label={t('bounce.title')}>
      <strong>
        <Icon name="alert" size={14} />{' '}
        {t(isLost ? 'bounce.lost' : 'bounce.late', { at: formatMoment(lost.at) })}
      </strong>
      <BouncedRecipients recipients={lost.recipients} />
      {mayWork && (
        <div className="bounce-actions">
          {writeElsewhere !== null && (
            <Button size="compact-xs" variant="default" onClick={writeElsewhere}>
              {t('bounce.writeElsewhere')}
            </Button>
          )}
          <Button
            size="compact-xs"
            variant="default"
            aria-haspopup="dialog"
            onClick={() => onDialog('participants')}
          >
            {t('bounce.addAddress')}
          </Button>
          {url === null ? (
            <Button
              size="compact-xs"
              variant="default"
              aria-haspopup="dialog"
              onClick={() => onDialog('client')}
            >
              {t('bounce.addPhone')}
            </Button>
          ) : (
            <Button size="compact-xs" variant="default" onClick={() => openLink(url)}>
              {t('client.call', { phone })}
            </Button>
          )}
        </div>
      )}
    </section>
  );
}
