import { Checkbox, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LetterId } from '#shared/ids.ts';
import { letterReply, letterText } from '#shared/mail/letter-text.ts';
import { stripPrefixes } from '#shared/mail/subject.ts';
import { formatMoment } from '#shared/text/format-moment.ts';
import type { TicketLetter, TicketView } from '../../../cache/cache-views.ts';
import { addressWords } from '../../../ui/address-text.tsx';
import { bareSubject } from '../../../ui/bare-subject.ts';
import { FormButtons } from '../forms/form-buttons.tsx';
import { splittableLetters } from './splittable-letters.ts';

const shownWords = 120;

/** Which of the client's letters become a ticket of their own, and what that is about. */
export function SplitForm({
  view,
  startWith,
  onSplit,
  onCancel,
}: {
  readonly view: TicketView;
  /** The letter that was pointed at; null for none. */
  readonly startWith: LetterId | null;
  readonly onSplit: (subject: string, letterIds: readonly LetterId[]) => void;
  readonly onCancel: () => void;
}) {
  const { t } = useTranslation();
  const letters = splittableLetters(view);
  const [chosen, setChosen] = useState<readonly LetterId[]>(startWith === null ? [] : [startWith]);
  const [subject, setSubject] = useState<string | null>(null);
  const first = letters.find(({ id }) => chosen.includes(id));
  // Until something else is typed it is the subject of the first of them.
  const named = subject ?? (first === undefined ? '' : stripPrefixes(bareSubject(first.subject)));
  const takesAll = chosen.length === letters.length && !view.ticket.events.some(isCall);
  const incomplete = chosen.length === 0 || takesAll || named.trim() === '';
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        if (!incomplete) onSplit(named.trim(), chosen);
      }}
    >
      <p className="quiet form-about">{t('relation.split.about')}</p>
      <Checkbox.Group
        label={t('relation.split.letters')}
        value={[...chosen]}
        onChange={(ids) => setChosen(letters.flatMap(({ id }) => (ids.includes(id) ? [id] : [])))}
        error={takesAll ? t('rejection.nothing-left') : null}
      >
        <Stack gap={6} mt={4} className="split-letters">
          {letters.map((letter, place) => (
            <Checkbox
              key={letter.id}
              value={letter.id}
              size="sm"
              label={`${formatMoment(letter.receivedAt)} ${addressWords(letter.from)}`}
              description={firstWords(letter) || t('letter.noText')}
              {...(place === 0 ? { 'data-autofocus': true } : {})}
            />
          ))}
        </Stack>
      </Checkbox.Group>
      <TextInput
        label={t('relation.split.subject')}
        value={named}
        maxLength={500}
        required
        onChange={(event) => setSubject(event.currentTarget.value)}
      />
      <FormButtons submit={t('relation.split.set')} disabled={incomplete} onCancel={onCancel} />
    </form>
  );
}

function isCall(event: TicketView['ticket']['events'][number]): boolean {
  return event.kind === 'client-contact' && event.letterId === null;
}

function firstWords({ content, subject }: TicketLetter): string {
  const words = content === null ? subject : letterReply(content) || letterText(content);
  return words
    .slice(0, 4 * shownWords)
    .replaceAll(/\s+/gu, ' ')
    .trim()
    .slice(0, shownWords);
}
