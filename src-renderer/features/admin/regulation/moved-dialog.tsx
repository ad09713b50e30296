import { Button, Group, Loader, Modal, Table } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallResult } from '#shared/bridge/bridge-client.ts';
import type { PutRegulation } from '#shared/protocol/put-regulation.ts';
import { formatMoment, formatWeekday } from '#shared/text/format-moment.ts';
import { errorKey, type ErrorKey } from '../../../language/problem-key.ts';
import { languageOf } from '../../../language/words.ts';
import { useDesk } from '../../../state/desk-context.ts';
import { Problem, Warning } from '../../../ui/problem.tsx';
import { useRegulation } from './use-regulation.ts';

const shownExamples = 20;

/** What keeps a regulation from coming into force. */
export type PutProblem = ErrorKey | 'regulation.conflict';

/** Shows whose deadlines a regulation would move, and puts it into force if that is wanted. */
export function MovedDialog({
  proposed,
  onSaved,
  onProblem,
  onClose,
}: {
  /** Null: the dialog is closed. */
  readonly proposed: PutRegulation | null;
  readonly onSaved: () => void;
  readonly onProblem: (problem: PutProblem) => void;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  /** What is being put into force cannot be taken back: the dialog stays until it is known what became of it. */
  const [busy, setBusy] = useState(false);
  return (
    <Modal
      opened={proposed !== null}
      onClose={() => {
        if (!busy) onClose();
      }}
      size="lg"
      title={t('regulation.moved.title')}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      {proposed !== null && (
        <Moved
          proposed={proposed}
          busy={busy}
          onBusy={setBusy}
          onSaved={onSaved}
          onProblem={onProblem}
          onClose={onClose}
        />
      )}
    </Modal>
  );
}

function Moved({
  proposed,
  busy,
  onBusy,
  onSaved,
  onProblem,
  onClose,
}: {
  readonly proposed: PutRegulation;
  readonly busy: boolean;
  readonly onBusy: (busy: boolean) => void;
  readonly onSaved: () => void;
  readonly onProblem: (problem: PutProblem) => void;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const { bridge } = useDesk();
  const { put } = useRegulation();
  const [found, setFound] = useState<CallResult<'regulation.preview'> | null>(null);

  useEffect(() => {
    let isMeant = true;
    const { profile, categories, calendar } = proposed;
    void bridge.call('regulation.preview', { profile, categories, calendar }).then((answer) => {
      if (isMeant) setFound(answer);
    });
    return () => {
      isMeant = false;
    };
  }, [bridge, proposed]);

  const save = async () => {
    onBusy(true);
    const kept = await put(proposed);
    onBusy(false);
    onClose();
    if (kept.ok) onSaved();
    else onProblem(kept.error.kind === 'conflict' ? 'regulation.conflict' : errorKey(kept.error));
  };

  return (
    <div className="form">
      {found === null && (
        <div role="status">
          <Loader size="sm" aria-hidden="true" /> {t('regulation.moved.counting')}
        </div>
      )}
      {found !== null && !found.ok && <Problem>{t(errorKey(found.error))}</Problem>}
      {found?.ok === true && <MovedTickets preview={found.value} />}
      <Group justify="flex-end">
        <Button variant="default" disabled={busy} onClick={onClose} data-autofocus>
          {t('app.cancel')}
        </Button>
        <Button disabled={found?.ok !== true} loading={busy} onClick={() => void save()}>
          {t('regulation.moved.confirm')}
        </Button>
      </Group>
    </div>
  );
}

function MovedTickets({
  preview: { waiting, moved, examples },
}: {
  readonly preview: Extract<CallResult<'regulation.preview'>, { ok: true }>['value'];
}) {
  const { t, i18n } = useTranslation();
  const words = (at: number) => `${formatWeekday(at, languageOf(i18n))} ${formatMoment(at)}`;
  const shown = examples.slice(0, shownExamples);
  return (
    <>
      <p className="settings-fact">{t('regulation.moved.waiting', { count: waiting })}</p>
      {moved === 0 ? (
        <p className="settings-note">{t('regulation.moved.none')}</p>
      ) : (
        <>
          <Warning>{t('regulation.moved.some', { count: moved })}</Warning>
          <Table aria-label={t('regulation.moved.list')}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('regulation.moved.ticket')}</Table.Th>
                <Table.Th>{t('regulation.moved.from')}</Table.Th>
                <Table.Th>{t('regulation.moved.to')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {shown.map(({ ticketId, number, from, to }) => (
                <Table.Tr key={ticketId}>
                  <Table.Td>{t('ticket.number', { number })}</Table.Td>
                  <Table.Td>{words(from)}</Table.Td>
                  <Table.Td>{words(to)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
          {moved > shown.length && (
            <p className="quiet settings-fact">
              {t('regulation.moved.more', { count: moved - shown.length })}
            </p>
          )}
          <p className="quiet settings-fact">{t('regulation.moved.why')}</p>
        </>
      )}
    </>
  );
}
