import { Button, FileInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Bridge } from '#shared/bridge/bridge-client.ts';
import type { BridgeError } from '#shared/bridge/bridge-error.ts';
import { errorKey, type ErrorKey } from '../../language/problem-key.ts';
import { Icon } from '../../ui/icon.tsx';
import { Problem } from '../../ui/problem.tsx';
import { showErrors } from '../../ui/show-errors.ts';
import { SetupFrame } from './setup-frame.tsx';
import { useSetup } from './setup-state.ts';
import { StepButtons } from './step-buttons.tsx';
import { StepForm } from './step-form.tsx';

/** Failures that have words of their own where the request server is meant. */
const told = [
  'unreachable',
  'bad-certificate',
  'unexpected-answer',
  'plain-text-refused',
  'bad-address',
  'upgrade-required',
] as const;

type Why = ErrorKey | `setup.failed.${(typeof told)[number]}`;

type Trial = { readonly state: 'idle' | 'running' | 'good' } | { readonly state: 'bad'; readonly why: Why };

function whyOf(error: BridgeError): Why {
  const kind = told.find((known) => known === error.kind);
  return kind === undefined ? errorKey(error) : `setup.failed.${kind}`;
}

/** Step 2: where the request server is. Going on asks it first, so that nobody logs in at a typing error. */
export function ServerStep({ bridge }: { readonly bridge: Bridge }) {
  const { t } = useTranslation();
  const { apiUrl, certificate, change } = useSetup();
  const [trial, setTrial] = useState<Trial>({ state: 'idle' });
  const [missing, setMissing] = useState(false);
  const back = () => change({ step: 'look' });

  /** True when a request server answers there. */
  const test = async (form: HTMLElement | null): Promise<boolean> => {
    const empty = apiUrl.trim() === '';
    showErrors(form, () => setMissing(empty));
    if (empty) return false;
    setTrial({ state: 'running' });
    const tested = await bridge.call('api.test', {
      apiUrl: apiUrl.trim(),
      certificateAuthority: certificate === null ? null : await certificate.text(),
    });
    setTrial(tested.ok ? { state: 'good' } : { state: 'bad', why: whyOf(tested.error) });
    return tested.ok;
  };

  return (
    <SetupFrame step="server">
      <StepForm
        label={t('setup.title.server')}
        onNext={(form) => {
          void test(form).then((good) => {
            if (good) change({ step: 'login' });
          });
        }}
        onBack={back}
      >
        <TextInput
          size="sm"
          label={t('login.apiUrl')}
          description={t('login.apiUrlHint')}
          value={apiUrl}
          error={missing && t('setup.noAddress')}
          maxLength={2000}
          onChange={(event) => {
            setTrial({ state: 'idle' });
            change({ apiUrl: event.currentTarget.value });
          }}
        />
        <FileInput
          size="sm"
          label={t('login.certificate')}
          description={t('login.certificateHint')}
          placeholder={t('login.certificateNone')}
          accept=".pem,.crt,.cer"
          clearable
          clearButtonProps={{ 'aria-label': t('app.clear') }}
          value={certificate}
          onChange={(file) => {
            setTrial({ state: 'idle' });
            change({ certificate: file });
          }}
        />
        <div className="setup-trial">
          <Button
            variant="default"
            size="sm"
            loading={trial.state === 'running'}
            onClick={(event) => void test(event.currentTarget.form)}
          >
            {t('setup.test')}
          </Button>
          <output className="trial-good">
            {trial.state === 'good' && (
              <>
                <Icon name="check" /> {t('setup.testGood')}
              </>
            )}
          </output>
        </div>
        {trial.state === 'bad' && <Problem>{t(trial.why)}</Problem>}
        <StepButtons next={t('setup.next')} busy={trial.state === 'running'} onBack={back} />
      </StepForm>
    </SetupFrame>
  );
}
