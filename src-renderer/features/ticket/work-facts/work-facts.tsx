import { Button } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Ticket } from '#shared/ticket/ticket.ts';
import { KeyHint, keysOf } from '../../../commands/key-hint.tsx';
import { languageOf } from '../../../language/words.ts';
import { useDesk } from '../../../state/desk-context.ts';
import { useOperations } from '../../../state/use-operations.ts';
import { Icon } from '../../../ui/icon.tsx';
import { FactField } from './fact-field.tsx';
import { missingFacts, neededFacts, nextMissing } from './needed-facts.ts';

/** What the ticket's kind of work needs to be known: each fact is written down where it stands. */
export function WorkFacts({
  ticket,
  editing,
  onEdit,
  onAsk,
}: {
  readonly ticket: Ticket;
  /** The fact that is being written down. */
  readonly editing: string | null;
  /** Null for whoever may not; called with null when it is done. */
  readonly onEdit: ((factId: string | null) => void) | null;
  /** Asks the client for what is missing; null while that cannot be done. */
  readonly onAsk: (() => void) | null;
}) {
  const { t, i18n } = useTranslation();
  const language = languageOf(i18n);
  const { rules } = useDesk();
  const { recordFacts } = useOperations();
  const list = useRef<HTMLElement>(null);
  const wasEditing = useRef<string | null>(null);
  useEffect(() => {
    const before = wasEditing.current;
    wasEditing.current = editing;
    // The field is gone: the keyboard goes to what it wrote.
    if (editing !== null || before === null || document.activeElement !== document.body) return;
    list.current?.querySelector<HTMLElement>(`[data-fact="${CSS.escape(before)}"]`)?.focus();
  }, [editing]);

  const needed = neededFacts(ticket, rules.current.categories);
  if (needed.length === 0) return null;
  const missing = missingFacts(needed);
  const save = (id: string, before: string, text: string) => {
    if (text !== before) void recordFacts(ticket, { [id]: text });
  };
  return (
    <section ref={list} className="work-facts" aria-label={t('facts.title')}>
      <span className="work-facts-state" role="status" data-missing={missing.length > 0 || undefined}>
        <Icon name={missing.length === 0 ? 'check' : 'info'} size={13} />
        {missing.length === 0 ? t('facts.complete') : t('facts.missing', { number: missing.length })}
      </span>
      {needed.map(({ id, label, text }) =>
        editing === id && onEdit !== null ? (
          <FactField
            key={id}
            label={label[language]}
            text={text}
            onSave={(written, goesOn) => {
              save(id, text, written);
              onEdit(goesOn ? nextMissing(needed, id) : null);
            }}
            onCancel={() => onEdit(null)}
          />
        ) : (
          <button
            key={id}
            type="button"
            data-fact={id}
            className="fact-button"
            data-unset={text === '' || undefined}
            title={`${label[language]}: ${text === '' ? t('facts.unknown') : text}`}
            disabled={onEdit === null}
            onClick={() => onEdit?.(id)}
          >
            <span>
              {label[language]}: {text === '' ? t('facts.unknown') : <strong>{text}</strong>}
            </span>
          </button>
        ),
      )}
      {onAsk !== null && (
        <KeyHint command="ticket.askFacts" words={t('facts.ask')}>
          <Button
            size="compact-xs"
            variant="default"
            leftSection={<Icon name="reply" size={13} />}
            aria-keyshortcuts={keysOf('ticket.askFacts') ?? undefined}
            onClick={onAsk}
          >
            {t('facts.ask')}
          </Button>
        </KeyHint>
      )}
    </section>
  );
}
