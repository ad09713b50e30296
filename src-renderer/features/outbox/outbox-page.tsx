import { Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { TicketId } from '#shared/ids.ts';
import { formatMoment } from '#shared/text/format-moment.ts';
import type { Ticket } from '#shared/ticket/ticket.ts';
import { useDesk } from '../../state/desk-context.ts';
import { usePanels } from '../../state/panels.ts';
import { useStanding } from '../../state/standing.ts';
import { useOutbox } from '../../state/use-outbox.ts';
import { Badge } from '../../ui/badge.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import { TicketName } from '../ticket/relations/ticket-name.tsx';
import { begunByLetter, operationWaits, type OperationWait } from './operation-wait.ts';
import { AgeText, OutboxLetter } from './outbox-letter.tsx';
import { RejectedOperation } from './rejected-operation.tsx';

/** All of an agent's work that is not confirmed or sent yet, with what needs a decision first. */
export function OutboxPage() {
  const { t } = useTranslation();
  const api = useStanding(({ status }) => status?.api);
  const outbox = useOutbox();
  const { openTicket, composeDraft } = usePanels();
  if (outbox === null) return <p className="queue-empty">{t('app.loading')}</p>;
  const rejected = outbox.operations.filter(({ state }) => state.kind === 'rejected');
  // Tickets that wait for their letter to be sent stand here as drafts.
  const begun = begunByLetter(outbox.drafts);
  const waiting = outbox.operations.filter(
    ({ state, operation }) =>
      state.kind === 'waiting' && !(operation.kind === 'create-ticket' && begun.has(operation.ticketId)),
  );
  const waits = operationWaits(outbox.operations, begun, api);
  const outgoing = outbox.outgoing.toSorted((a, b) => b.queuedAt - a.queuedAt);
  const drafts = outbox.drafts.toSorted((a, b) => b.updatedAt - a.updatedAt);
  const notes = outbox.notes.toSorted((a, b) => b.updatedAt - a.updatedAt);
  const tickets = new Map(outbox.tickets.map((ticket) => [ticket.id, ticket]));
  const empty = rejected.length + waiting.length + outgoing.length + drafts.length + notes.length === 0;
  return (
    <section className="page" aria-label={t('nav.outbox')}>
      <PageTitle>{t('nav.outbox')}</PageTitle>
      {empty && <p className="quiet">{t('outbox.empty')}</p>}
      {rejected.length > 0 && (
        <section aria-label={t('outbox.rejected')} className="page-section">
          <Title order={2} size="h3">
            {t('outbox.rejected')}
          </Title>
          {rejected.map((pending) => (
            <div key={pending.operation.id} className="page-card">
              <RejectedOperation pending={pending} />
              <TicketButton
                id={pending.operation.ticketId}
                ticket={tickets.get(pending.operation.ticketId)}
                onOpen={openTicket}
              />
            </div>
          ))}
        </section>
      )}
      {outgoing.length > 0 && (
        <section aria-label={t('outbox.outgoing')} className="page-section">
          <Title order={2} size="h3">
            {t('outbox.outgoing')}
          </Title>
          {outgoing.some(({ state, reason }) => state === 'queued' && reason !== null) && (
            <p className="quiet">
              {t('outbox.lettersWhy')} <RetryNow />
            </p>
          )}
          {outgoing.map((answer) => (
            <article key={answer.id} className="page-card" aria-label={answer.draft.subject}>
              <OutboxLetter outgoing={answer} />
              <TicketButton id={answer.ticketId} ticket={tickets.get(answer.ticketId)} onOpen={openTicket} />
            </article>
          ))}
        </section>
      )}
      {drafts.length + notes.length > 0 && (
        <section aria-label={t('outbox.drafts')} className="page-section">
          <Title order={2} size="h3">
            {t('outbox.drafts')}
          </Title>
          {drafts.map((draft) => (
            <article key={draft.id} className="page-card" aria-label={draft.subject}>
              <p className="page-card-head">
                <Badge>{t(`outbox.purpose.${draft.purpose}`)}</Badge>
                <strong>{draft.subject === '' ? t('ticket.noSubject') : draft.subject}</strong>
                <span className="quiet">{formatMoment(draft.updatedAt)}</span>
                <AgeText sinceAt={draft.updatedAt} />
              </p>
              <p className="quiet outbox-words">{firstWords(draft.text)}</p>
              <TicketButton id={draft.ticketId} ticket={tickets.get(draft.ticketId)} onOpen={composeDraft} />
            </article>
          ))}
          {notes.map((note) => (
            <article key={note.id} className="page-card" aria-label={t('note.label')}>
              <p className="page-card-head">
                <Badge>{t('note.label')}</Badge>
                <span className="quiet">{formatMoment(note.updatedAt)}</span>
                <AgeText sinceAt={note.updatedAt} />
              </p>
              <p className="quiet outbox-words">{firstWords(note.text)}</p>
              <TicketButton id={note.ticketId} ticket={tickets.get(note.ticketId)} onOpen={openTicket} />
            </article>
          ))}
        </section>
      )}
      {waiting.length > 0 && (
        <section aria-label={t('outbox.waiting')} className="page-section">
          <Title order={2} size="h3">
            {t('outbox.waiting')}
          </Title>
          <p className="quiet">
            {t('outbox.waitingWhy')} <RetryNow />
          </p>
          <ul className="plain-list">
            {waiting.map(({ operation }) => (
              <li key={operation.id}>
                {t(`operation.${operation.kind}`)}{' '}
                <span className="quiet">{formatMoment(operation.madeAt)}</span>{' '}
                <AgeText sinceAt={operation.madeAt} /> <WaitText wait={waits.get(operation.id)} />{' '}
                <TicketButton
                  id={operation.ticketId}
                  ticket={tickets.get(operation.ticketId)}
                  onOpen={openTicket}
                />
              </li>
            ))}
          </ul>
        </section>
      )}
    </section>
  );
}

/** Tries everything at once that waits for a server. */
function RetryNow() {
  const { t } = useTranslation();
  const { bridge } = useDesk();
  return (
    <button type="button" className="text-button" onClick={() => void bridge.call('status.retryNow', {})}>
      {t('status.retryNow')}
    </button>
  );
}

function TicketButton({
  id,
  ticket,
  onOpen,
}: {
  readonly id: TicketId;
  /** What is known of it here. */
  readonly ticket: Ticket | undefined;
  readonly onOpen: (id: TicketId) => void;
}) {
  const { t } = useTranslation();
  return (
    <button type="button" className="text-button" onClick={() => onOpen(id)}>
      {t('outbox.openTicket')}
      {ticket !== undefined && (
        <>
          {' '}
          <TicketName ticket={ticket} />
        </>
      )}
    </button>
  );
}

/** Why it waits, where that is known. */
function WaitText({ wait }: { readonly wait: OperationWait | undefined }) {
  const { t } = useTranslation();
  if (wait === undefined) return null;
  const words =
    wait.kind === 'behind'
      ? t('outbox.waits.behind', { operation: t(`operation.${wait.refused.kind}`) })
      : wait.kind === 'api'
        ? t('outbox.waits.api', { problem: t(`status.problem.${wait.problem}`) })
        : t(`outbox.waits.${wait.kind}`);
  return <span className="quiet">— {words}</span>;
}

/** The first line that says something. */
function firstWords(text: string): string {
  return (text.split('\n').find((line) => line.trim() !== '') ?? '').slice(0, 200);
}
