import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TicketId } from '#shared/ids.ts';
import type { Overtook } from '#shared/ticket/overtook.ts';
import { useDesk } from '../../../state/desk-context.ts';
import { TicketName } from '../relations/ticket-name.tsx';
import { useTickets } from '../relations/use-tickets.ts';

/** So many are named; the agent is to see that there are people behind the number. */
const mostNamed = 4;

/** Whom a ticket overtakes by becoming critical. */
export function Overtaken({ ticketId }: { readonly ticketId: TicketId }) {
  const { t } = useTranslation();
  const { cache } = useDesk();
  const [overtook, setOvertook] = useState<Overtook | null | undefined>(undefined);
  useEffect(() => {
    let isLeft = false;
    void cache.ahead(ticketId, true).then((found) => {
      if (!isLeft) setOvertook(found);
    });
    return () => {
      isLeft = true;
    };
  }, [cache, ticketId]);
  const named = overtook?.ticketIds.slice(0, mostNamed) ?? [];
  const tickets = useTickets(named);
  if (overtook === undefined) return null;
  if (overtook === null) return <output className="quiet">{t('critical.overtakesNobody')}</output>;
  const more = overtook.count - named.length;
  return (
    <output className="overtaken">
      {t('critical.overtakes', { count: overtook.count })}
      <ul>
        {named.map((id) => {
          const ticket = tickets.get(id) ?? null;
          return <li key={id}>{ticket === null ? t('relation.notHere') : <TicketName ticket={ticket} />}</li>;
        })}
        {more > 0 && <li className="quiet">{t('critical.andMore', { number: more })}</li>}
      </ul>
    </output>
  );
}
