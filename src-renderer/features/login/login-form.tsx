import { Button, FileInput, PasswordInput, Stack, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Bridge } from '#shared/bridge/bridge-client.ts';
import { errorKey, type ErrorKey } from '../../language/problem-key.ts';
import { LanguageSwitch } from '../../ui/language-switch.tsx';
import { Problem } from '../../ui/problem.tsx';

/** Where an agent says who they are and where the ticket API is. */
export function LoginForm({
  bridge,
  known,
}: {
  readonly bridge: Bridge;
  /** What was used last on this computer. */
  readonly known: { readonly apiUrl: string; readonly login: string };
}) {
  const { t } = useTranslation();
  const [apiUrl, setApiUrl] = useState(known.apiUrl);
  const [login, setLogin] = useState(known.login);
  const [password, setPassword] = useState('');
  const [certificate, setCertificate] = useState<File | null>(null);
  const [problem, setProblem] = useState<ErrorKey | null>(null);
  const [busy, setBusy] = useState(false);

  const logIn = async () => {
    setBusy(true);
    setProblem(null);
    const answer = await bridge.call('session.logIn', {
      apiUrl: apiUrl.trim(),
      login: login.trim(),
      password,
      certificateAuthority: certificate === null ? null : await certificate.text(),
    });
    // Signed in, this form goes away with the session's own event.
    setBusy(false);
    if (!answer.ok) setProblem(errorKey(answer.error));
  };

  return (
    <main className="login">
      <form
        className="login-form"
        aria-label={t('login.title')}
        onSubmit={(event) => {
          event.preventDefault();
          void logIn();
        }}
      >
        <Stack gap="sm">
          <div className="login-head">
            <Title order={1}>{t('app.name')}</Title>
            <LanguageSwitch />
          </div>
          <p className="quiet login-about">{t('login.about')}</p>
          <TextInput
            label={t('login.apiUrl')}
            description={t('login.apiUrlHint')}
            value={apiUrl}
            required
            withAsterisk={false}
            maxLength={2000}
            onChange={(event) => setApiUrl(event.currentTarget.value)}
          />
          <TextInput
            label={t('login.login')}
            value={login}
            required
            withAsterisk={false}
            maxLength={64}
            autoComplete="username"
            onChange={(event) => setLogin(event.currentTarget.value)}
          />
          <PasswordInput
            label={t('login.password')}
            value={password}
            required
            withAsterisk={false}
            maxLength={256}
            autoComplete="current-password"
            visibilityToggleButtonProps={{ 'aria-label': t('login.showPassword') }}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          <FileInput
            label={t('login.certificate')}
            description={t('login.certificateHint')}
            placeholder={t('login.certificateNone')}
            accept=".pem,.crt,.cer"
            clearable
            clearButtonProps={{ 'aria-label': t('app.clear') }}
            value={certificate}
            onChange={setCertificate}
          />
          {problem !== null && <Problem>{t(problem)}</Problem>}
          <Button type="submit" loading={busy}>
            {t('login.submit')}
          </Button>
        </Stack>
      </form>
    </main>
  );
}
