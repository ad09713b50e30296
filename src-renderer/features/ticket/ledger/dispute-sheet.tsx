import type { ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { displayAddress } from '#shared/mail/addresses.ts';
import { formatMoment } from '#shared/text/format-moment.ts';
import type { Ticket } from '#shared/ticket/ticket.ts';
import { languageOf } from '../../../language/words.ts';
import { useDesk } from '../../../state/desk-context.ts';
import { bareSubject } from '../../../ui/bare-subject.ts';

/** What is on paper when the page is printed while this is there: nothing but the proof, under the head of a document. */
export function DisputeSheet({
  ticket: { number, subject, client },
  now,
  children,
}: {
  readonly ticket: Ticket;
  readonly now: number;
  readonly children: ReactNode;
}) {
  const { t, i18n } = useTranslation();
  const { rules } = useDesk();
  const { operator } = rules.current.profile;
  const name = [client.name, client.address === '' ? '' : displayAddress(client.address), client.phone]
    .filter((part) => part !== '')
    .join(', ');
  return createPortal(
    <article className="print-sheet" aria-label={t('ledger.sheet.title', { number })}>
      <h1>{t('ledger.sheet.title', { number })}</h1>
      <dl>
        <dt>{t('ledger.sheet.service')}</dt>
        <dd>{operator[languageOf(i18n)]}</dd>
        <dt>{t('ledger.sheet.client')}</dt>
        <dd>{name === '' ? t('client.unknown') : name}</dd>
        <dt>{t('ledger.sheet.subject')}</dt>
        <dd>{bareSubject(subject) || t('ticket.noSubject')}</dd>
        <dt>{t('ledger.sheet.madeAt')}</dt>
        <dd>{t('ledger.sheet.moment', { at: formatMoment(now) })}</dd>
      </dl>
      {children}
    </article>,
    document.body,
  );
}
