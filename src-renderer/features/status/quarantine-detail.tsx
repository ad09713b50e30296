import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatMoment, formatWeekday } from '#shared/text/format-moment.ts';
import { roleAllows } from '#shared/ticket/author.ts';
import type { Letter } from '#shared/ticket/letter.ts';
import { errorKey } from '../../language/problem-key.ts';
import { languageOf } from '../../language/words.ts';
import { useDesk } from '../../state/desk-context.ts';
import { usePanels } from '../../state/panels.ts';
import { StatusDetail } from './status-detail.tsx';

/**
 * Letters that could not be read and that nobody has looked at in another mail program. One of them may be a client's
 * word, so that until then no ticket is closed for silence.
 */
export function QuarantineDetail() {
  const { t } = useTranslation();
  const { cache } = useDesk();
  const [letters, setLetters] = useState<readonly Letter[]>([]);
  useEffect(() => cache.watchQuarantine(setLetters), [cache]);
  if (letters.length === 0) return null;
  return (
    <StatusDetail
      icon="alert"
      state="problem"
      words={t('status.quarantined', { count: letters.length })}
      why={t('status.quarantinedWhy')}
    >
      <ul className="quarantine" aria-label={t('status.quarantinedList')}>
        {letters.map((letter) => (
          <QuarantinedLetter key={letter.id} letter={letter} />
        ))}
      </ul>
    </StatusDetail>
  );
}

function QuarantinedLetter({ letter: { id, receivedAt, locations } }: { readonly letter: Letter }) {
  const { t, i18n } = useTranslation();
  const { bridge, session } = useDesk();
  const tell = usePanels((panels) => panels.tell);
  const [busy, setBusy] = useState(false);
  const at = `${formatWeekday(receivedAt, languageOf(i18n))} ${formatMoment(receivedAt)}`;
  const folder = locations[0]?.folder ?? 'inbox';
  const review = async () => {
    setBusy(true);
    const done = await bridge.call('letters.review', { id });
    setBusy(false);
    if (!done.ok) tell({ tone: 'problem', key: errorKey(done.error) });
  };
  return (
    <li>
      <span>{t(`status.quarantinedIn.${folder}`, { at })}</span>
      {roleAllows(session.agent.role, 'agent') && (
        <Button
          size="compact-xs"
          variant="default"
          loading={busy}
          aria-label={t('status.reviewedOf', { at })}
          onClick={() => void review()}
        >
          {t('status.reviewed')}
        </Button>
      )}
    </li>
  );
}
