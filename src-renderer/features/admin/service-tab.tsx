import { Button, NumberInput, TextInput } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Equal as isEqual } from 'typebox/value';
import { errorKey, type ErrorKey } from '../../language/problem-key.ts';
import { usePanels } from '../../state/panels.ts';
import { useServiceSettings } from '../../state/use-service-settings.ts';
import { PageTitle } from '../../ui/page-title.tsx';
import { ChangedMeanwhile } from '../../ui/changed-meanwhile.tsx';
import { Problem } from '../../ui/problem.tsx';
import { showErrors } from '../../ui/show-errors.ts';
import {
  draftOfSettings,
  settingsOfDraft,
  type ServiceDraft,
  type ServiceProblems,
} from './service-draft.ts';

/** What all desks of the service have in common besides the mailbox. */
export function ServiceTab() {
  const { t } = useTranslation();
  const { settings, save } = useServiceSettings();
  const tell = usePanels((panels) => panels.tell);
  const form = useRef<HTMLFormElement>(null);
  /** Null while nothing is typed: the form follows what others save. */
  const [typed, setTyped] = useState<{ readonly from: ServiceDraft; readonly draft: ServiceDraft } | null>(
    null,
  );
  const [wrong, setWrong] = useState<ServiceProblems>({});
  const [problem, setProblem] = useState<ErrorKey | 'service.conflict' | null>(null);
  const [busy, setBusy] = useState(false);
  const fresh = draftOfSettings(settings);
  const draft = typed?.draft ?? fresh;
  const changedMeanwhile = typed !== null && !isEqual(typed.from, fresh);
  const change = (part: Partial<ServiceDraft>) =>
    setTyped({ from: typed?.from ?? fresh, draft: { ...draft, ...part } });

  const keep = async () => {
    const found = settingsOfDraft(draft);
    setProblem(null);
    showErrors(form.current, () => setWrong(found.ok ? {} : found.error));
    if (!found.ok) return undefined;
    setBusy(true);
    const kept = await save(found.value);
    setBusy(false);
    if (!kept.ok)
      return setProblem(kept.error.kind === 'conflict' ? 'service.conflict' : errorKey(kept.error));
    setTyped(null);
    return tell({ tone: 'success', key: 'service.saved' });
  };

  return (
    <>
      <PageTitle>{t('service.title')}</PageTitle>
      <p className="quiet settings-about">{t('service.about')}</p>
      <form
        ref={form}
        noValidate
        className="form"
        aria-label={t('service.title')}
        onSubmit={(event) => {
          event.preventDefault();
          void keep();
        }}
      >
        {changedMeanwhile && (
          <ChangedMeanwhile words={t('service.changedMeanwhile')} onTakeTheirs={() => setTyped(null)} />
        )}
        <NumberInput
          label={t('service.undoSend')}
          description={t('service.undoSendHint')}
          value={draft.undoSendSeconds}
          error={wrong.undoSendSeconds !== undefined && t(wrong.undoSendSeconds)}
          min={0}
          max={60}
          allowDecimal={false}
          clampBehavior="none"
          w={320}
          onChange={(undoSendSeconds) => change({ undoSendSeconds })}
        />
        <TextInput
          label={t('service.feedUrl')}
          description={t('service.feedUrlHint')}
          value={draft.updateFeedUrl}
          error={wrong.updateFeedUrl !== undefined && t(wrong.updateFeedUrl)}
          maxLength={2000}
          onChange={(event) => change({ updateFeedUrl: event.currentTarget.value })}
        />
        {problem !== null && <Problem>{t(problem)}</Problem>}
        <div>
          <Button type="submit" loading={busy}>
            {t('app.save')}
          </Button>
        </div>
      </form>
    </>
  );
}
