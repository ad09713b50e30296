import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Reason } from '#shared/regulation/profile.ts';
import type { TicketView } from '../../../cache/cache-views.ts';
import { useDesk } from '../../../state/desk-context.ts';
import type { GivenReason } from '../../../state/use-operations.ts';
import type { FirstWords } from '../../../state/panels.ts';
import { FilledReason, type Filling } from './filled-reason.tsx';
import { ReasonList } from './reason-list.tsx';

/** Why a solution is put off or refused (regulation §3): first which reason, then what has to be said of it. */
export function ReasonForm({
  view,
  startWith,
  onGive,
  onCancel,
}: {
  readonly view: TicketView;
  /** The reason that stands to reason already, by its id; null to choose among all. */
  readonly startWith: string | null;
  /** Null takes the reason back; the words are what the client is told. */
  readonly onGive: (reason: GivenReason | null, words: FirstWords | null) => void;
  readonly onCancel: () => void;
}) {
  const { t } = useTranslation();
  const { rules } = useDesk();
  const { reasons } = rules.current.profile;
  const given = view.ticket.reason;
  const [chosen, setChosen] = useState<Reason | null>(
    () => reasons.find(({ id }) => id === startWith) ?? null,
  );
  const [leftId, setLeftId] = useState<string | null>(null);
  const [begun, setBegun] = useState<ReadonlyMap<string, Filling>>(new Map());
  if (chosen !== null) {
    return (
      <FilledReason
        key={chosen.id}
        view={view}
        reason={chosen}
        begun={begun.get(chosen.id) ?? null}
        onGive={onGive}
        onBack={(filling) => {
          setBegun((others) => new Map(others).set(chosen.id, filling));
          setLeftId(chosen.id);
          setChosen(null);
        }}
        onCancel={onCancel}
      />
    );
  }
  return (
    <>
      <p className="quiet form-about">{t('reason.about')}</p>
      <ReasonList
        reasons={reasons.toSorted((a, b) => a.item - b.item)}
        currentId={given?.id ?? null}
        leftId={leftId}
        onChoose={setChosen}
      />
      {given !== null && (
        <Button variant="default" mt="sm" onClick={() => onGive(null, null)}>
          {t('reason.takeBack')}
        </Button>
      )}
    </>
  );
}
