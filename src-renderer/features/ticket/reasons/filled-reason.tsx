import { Button, SegmentedControl, Textarea } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Reason } from '#shared/regulation/profile.ts';
import { formatDate } from '#shared/text/format-moment.ts';
import type { Language } from '#shared/text/language.ts';
import type { TicketView } from '../../../cache/cache-views.ts';
import { languageNames, languages } from '../../../language/languages.ts';
import { languageOf } from '../../../language/words.ts';
import { useDesk } from '../../../state/desk-context.ts';
import type { FirstWords } from '../../../state/panels.ts';
import type { GivenReason } from '../../../state/use-operations.ts';
import { useFirstField } from '../../../ui/use-first-field.ts';
import { canBeAnswered } from '../available-actions.ts';
import { clientLanguage } from '../client-language.ts';
import { FormButtons } from '../forms/form-buttons.tsx';
import { fillReason } from './fill-reason.ts';
import { lookAgainAfter } from './look-again-days.ts';
import { LookAgainField } from './look-again-field.tsx';

/** The days after which a ticket that was put off is looked at where nobody says otherwise. */
const usualDays = 3;

/** What was written for a reason until now. */
export interface Filling {
  readonly facts: Readonly<Record<string, string>>;
  readonly lookAgainAt: number | null;
  readonly language: Language;
}

/** What a reason needs, and the letter that the client will get, as it is being filled. */
export function FilledReason({
  view: { ticket, letters },
  reason,
  begun,
  onGive,
  onBack,
  onCancel,
}: {
  readonly view: TicketView;
  readonly reason: Reason;
  /** What was written before another reason was looked at; null at first. */
  readonly begun: Filling | null;
  readonly onGive: (reason: GivenReason, words: FirstWords | null) => void;
  /** To the list of reasons, with what was written. */
  readonly onBack: (filling: Filling) => void;
  readonly onCancel: () => void;
}) {
  const { t, i18n } = useTranslation();
  const { calendar, policy, now } = useDesk();
  const own = languageOf(i18n);
  const before = ticket.reason?.id === reason.id ? ticket.reason : null;
  const [language, setLanguage] = useState(() => begun?.language ?? clientLanguage(letters));
  const [facts, setFacts] = useState<Filling['facts']>(begun?.facts ?? before?.facts ?? {});
  const [lookAgainAt, setLookAgainAt] = useState(() => {
    if (!reason.needsLookAgain) return null;
    if (begun !== null) return begun.lookAgainAt;
    const time = calendar.workingTime(policy.shortDayMinutes);
    return before?.lookAgainAt ?? lookAgainAfter(usualDays, now, time);
  });
  const form = useRef<HTMLFormElement>(null);
  useFirstField(form);
  const isMissing = (text: string | undefined) => (text ?? '').trim() === '';
  const incomplete =
    reason.facts.some(({ id }) => isMissing(facts[id])) ||
    (reason.needsLookAgain && (lookAgainAt === null || lookAgainAt <= now));
  const values = { ...facts, lookAgain: lookAgainAt === null ? '' : formatDate(lookAgainAt) };
  const say = (wanted: Language) =>
    fillReason(reason.clientText[wanted], values, (slot) => {
      const label = reason.facts.find(({ id }) => id === slot)?.label[wanted] ?? slot;
      return `\u2026 (${label})`;
    });
  const said = { ru: say('ru'), be: say('be'), en: say('en') };
  const text = said[language];
  const byLetter = canBeAnswered(ticket);
  const give = () => {
    if (incomplete) return;
    const answerKind = reason.clock === 'runs' ? 'notice' : reason.outcome;
    onGive(
      { id: reason.id, facts, lookAgainAt },
      byLetter ? { text, language, said, answerKind, to: null } : null,
    );
  };
  return (
    <form
      ref={form}
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        give();
      }}
    >
      <strong>{reason.title[own]}</strong>
      {reason.clock === 'runs' && <p className="quiet form-about">{t('reason.clockRunsAbout')}</p>}
      {reason.facts.map(({ id, label }) => (
        <Textarea
          key={id}
          label={label[own]}
          value={facts[id] ?? ''}
          maxLength={2000}
          autosize
          minRows={1}
          maxRows={4}
          required
          onChange={(event) => {
            const { value } = event.currentTarget;
            setFacts((others) => ({ ...others, [id]: value }));
          }}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
            event.preventDefault();
            form.current?.requestSubmit();
          }}
        />
      ))}
      {reason.needsLookAgain && <LookAgainField value={lookAgainAt} onChange={setLookAgainAt} />}
      {byLetter && (
        <>
          <div className="reason-preview-head">
            <span>{t('reason.preview')}</span>
            <SegmentedControl
              aria-label={t('reason.language')}
              size="xs"
              value={language}
              data={languages.map((value) => ({ value, label: languageNames[value] }))}
              onChange={(value) => setLanguage(languages.find((known) => known === value) ?? 'ru')}
            />
          </div>
          <blockquote className="reason-preview" lang={language} aria-label={t('reason.preview')}>
            {text}
          </blockquote>
        </>
      )}
      <FormButtons
        submit={byLetter ? t('reason.giveAndWrite') : t('reason.give')}
        disabled={incomplete}
        onCancel={onCancel}
      >
        <Button variant="default" onClick={() => onBack({ facts, lookAgainAt, language })}>
          {t('reason.other')}
        </Button>
      </FormButtons>
    </form>
  );
}
