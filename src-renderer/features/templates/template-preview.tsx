import { useTranslation } from 'react-i18next';
import { formatDate } from '#shared/text/format-moment.ts';
import { fillSlots, findSlots, type SlotName } from '#shared/text/slots.ts';
import { useDesk } from '../../state/desk-context.ts';

const dayMs = 86_400_000;

/** A template as it would look for a made-up ticket; what the agent will be asked for is marked. */
export function TemplatePreview({ text }: { readonly text: string }) {
  const { t } = useTranslation();
  const { now, session } = useDesk();
  const values: Record<SlotName, string> = {
    client: t('templates.sample.client'),
    number: '1024',
    subject: t('templates.sample.subject'),
    agent: session.agent.name,
    today: formatDate(now),
    deadline: formatDate(now + 2 * dayMs),
  };
  const filled = fillSlots(text, values);
  const slots = findSlots(filled);
  const pieces = slots.map((slot, at) => ({
    slot,
    before: filled.slice(slots[at - 1]?.end ?? 0, slot.start),
  }));
  return (
    <div className="template-preview">
      {pieces.map(({ slot, before }) => (
        <span key={slot.start}>
          {before}
          <mark data-kind={slot.kind}>
            {slot.kind === 'question' ? slot.name : filled.slice(slot.start, slot.end)}
          </mark>
        </span>
      ))}
      {filled.slice(slots.at(-1)?.end ?? 0)}
    </div>
  );
}
