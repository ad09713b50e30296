import { useTranslation } from 'react-i18next';
import type { AgentId } from '#shared/ids.ts';
import { formatMoment } from '#shared/text/format-moment.ts';
import { roleAllows } from '#shared/ticket/author.ts';
import type { Ticket } from '#shared/ticket/ticket.ts';
import { useDesk } from '../../../state/desk-context.ts';
import { ChoiceList, type Choice } from '../../../ui/choice-list.tsx';
import { Warning } from '../../../ui/problem.tsx';

/** Whose job a ticket is to be: oneself first, then the colleagues who may work. */
export function AssignForm({
  ticket,
  onAssign,
}: {
  readonly ticket: Ticket;
  readonly onAssign: (assigneeId: AgentId | null) => void;
}) {
  const { t } = useTranslation();
  const { agents, session, now } = useDesk();
  const { holder } = ticket;
  const heldByOther =
    holder !== null &&
    holder.until > now &&
    holder.agentId !== session.agent.id &&
    !roleAllows(session.agent.role, 'senior');
  const current = (id: AgentId | null) =>
    id === ticket.assigneeId ? { isCurrent: true, detail: t('ticket.assign.now') } : {};
  const colleagues = [...agents.values()]
    .filter(({ id, disabled, role }) => id !== session.agent.id && !disabled && roleAllows(role, 'agent'))
    .toSorted((a, b) => a.name.localeCompare(b.name));
  const choices: Choice<AgentId | 'nobody'>[] = [
    {
      id: session.agent.id,
      label: t('ticket.assign.toMe', { name: session.agent.name }),
      ...current(session.agent.id),
    },
    ...colleagues.map(({ id, name, login }) => ({ id, label: name, detail: login, ...current(id) })),
    { id: 'nobody', label: t('ticket.assign.nobody'), ...current(null) },
  ];
  return (
    <>
      {heldByOther && (
        <Warning>
          {t('ticket.assign.held', {
            name: agents.get(holder.agentId)?.name ?? t('ticket.colleague'),
            at: formatMoment(holder.until),
          })}
        </Warning>
      )}
      <ChoiceList
        label={t('ticket.assign.find')}
        choices={choices}
        nothing={t('ticket.assign.nothing')}
        onChoose={(id) => onAssign(id === 'nobody' ? null : id)}
      />
    </>
  );
}
