import { Button, Group, Progress, Title } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { UpdateState } from '#shared/bridge/update-state.ts';
import { errorKey, type ErrorKey } from '../../language/problem-key.ts';
import { useDesk } from '../../state/desk-context.ts';
import { follow } from '../../state/follow.ts';
import { useStanding } from '../../state/standing.ts';
import { Problem, Warning } from '../../ui/problem.tsx';

/** The program itself: version, how its keys are kept, how it becomes a newer one. */
export function ProgramSection() {
  const { t } = useTranslation();
  const { appInfo } = useDesk();
  const update = useUpdate();
  return (
    <section className="settings-section form" aria-label={t('update.title')}>
      <Title order={2} size="h3">
        {t('update.title')}
      </Title>
      {appInfo !== null && (
        <p className="settings-fact">{t('settings.version', { version: appInfo.version })}</p>
      )}
      {appInfo?.keyStore === 'basic_text' && <Warning>{t('status.keyStoreWhy')}</Warning>}
      {appInfo?.keyStore === 'unavailable' && <Warning>{t('status.noKeyStoreWhy')}</Warning>}
      {appInfo?.keyStore === 'guarded' && <p className="quiet settings-fact">{t('update.keysGuarded')}</p>}
      {update !== null && <UpdateSteps update={update} />}
    </section>
  );
}

/** How far the update is and the one next thing to do about it. */
function UpdateSteps({ update }: { readonly update: UpdateState }) {
  const { t } = useTranslation();
  const { bridge } = useDesk();
  const waiting = useStanding(({ status }) => (status?.pendingOperations ?? 0) + (status?.outgoing ?? 0));
  const [problem, setProblem] = useState<ErrorKey | null>(null);
  const ask = async (step: 'update.check' | 'update.download' | 'update.restart') => {
    setProblem(null);
    const done = await bridge.call(step, {});
    if (!done.ok) setProblem(errorKey(done.error));
  };
  const { state, version, notes, percent } = update;
  return (
    <>
      <output className="settings-fact">{t(`update.state.${state}`, { version: version ?? '' })}</output>
      {state === 'downloading' && (
        <Progress value={percent ?? 0} aria-label={t('update.progress')} className="update-progress" />
      )}
      {notes !== '' && (state === 'available' || state === 'downloading' || state === 'ready') && (
        <details className="update-notes" open>
          <summary>{t('update.notes')}</summary>
          <div>{notes}</div>
        </details>
      )}
      {update.problem !== null && <Problem>{t(`update.problem.${update.problem}`)}</Problem>}
      {problem !== null && <Problem>{t(problem)}</Problem>}
      {state === 'ready' && waiting > 0 && <Warning>{t('update.waiting', { count: waiting })}</Warning>}
      <Group gap="xs">
        {(state === 'idle' || state === 'failed') && (
          <Button variant="default" onClick={() => void ask('update.check')}>
            {t('update.check')}
          </Button>
        )}
        {state === 'available' && (
          <Button onClick={() => void ask('update.download')}>{t('update.download')}</Button>
        )}
        {state === 'ready' && (
          <Button disabled={waiting > 0} onClick={() => void ask('update.restart')}>
            {t('update.restart')}
          </Button>
        )}
      </Group>
    </>
  );
}

/** Null until the main process has said so. */
function useUpdate(): UpdateState | null {
  const { bridge } = useDesk();
  const [update, setUpdate] = useState<UpdateState | null>(null);
  useEffect(
    () =>
      follow(
        () => bridge.call('update.get', {}),
        (listener) => bridge.on('update.changed', listener),
        setUpdate,
      ),
    [bridge],
  );
  return update;
}
