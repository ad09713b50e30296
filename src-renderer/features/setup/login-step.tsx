import { PasswordInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Bridge } from '#shared/bridge/bridge-client.ts';
import { ServerLine } from '../login/server-line.tsx';
import { useLogIn } from '../login/use-log-in.ts';
import { Problem } from '../../ui/problem.tsx';
import { showErrors } from '../../ui/show-errors.ts';
import { SetupFrame } from './setup-frame.tsx';
import { useSetup } from './setup-state.ts';
import { StepButtons } from './step-buttons.tsx';
import { StepForm } from './step-form.tsx';

/** Step 3: who works here. */
export function LoginStep({ bridge }: { readonly bridge: Bridge }) {
  const { t } = useTranslation();
  const { apiUrl, certificate, login, password, change } = useSetup();
  const { busy, problem, logIn } = useLogIn(bridge);
  const [missing, setMissing] = useState({ login: false, password: false });
  const back = () => change({ step: 'server' });
  return (
    <SetupFrame step="login">
      <StepForm
        label={t('login.title')}
        onNext={(form) => {
          const empty = { login: login.trim() === '', password: password === '' };
          showErrors(form, () => setMissing(empty));
          if (!empty.login && !empty.password) void logIn({ apiUrl, login, password, certificate });
        }}
        onBack={back}
      >
        <ServerLine apiUrl={apiUrl} onOther={back} />
        <TextInput
          size="sm"
          label={t('login.login')}
          value={login}
          error={missing.login && t('login.noLogin')}
          maxLength={64}
          autoComplete="username"
          onChange={(event) => change({ login: event.currentTarget.value })}
        />
        <PasswordInput
          size="sm"
          label={t('login.password')}
          value={password}
          error={missing.password && t('login.noPassword')}
          aria-invalid={missing.password}
          maxLength={256}
          autoComplete="current-password"
          visibilityToggleButtonProps={{ 'aria-label': t('login.showPassword') }}
          onChange={(event) => change({ password: event.currentTarget.value })}
        />
        {problem !== null && <Problem>{t(problem)}</Problem>}
        <details className="settings-more">
          <summary>{t('setup.whereFrom')}</summary>
          <p className="quiet setup-help">{t('setup.whereFromHelp')}</p>
        </details>
        <StepButtons next={t('login.submit')} busy={busy} onBack={back} />
      </StepForm>
    </SetupFrame>
  );
}
