import { Button, FileInput, PasswordInput, TextInput, Title } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Bridge } from '#shared/bridge/bridge-client.ts';
import type { SessionState } from '#shared/bridge/desk-status.ts';
import { LanguageSwitch } from '../../ui/language-switch.tsx';
import { Problem } from '../../ui/problem.tsx';
import { showErrors } from '../../ui/show-errors.ts';
import { ServerLine } from './server-line.tsx';
import { useLogIn } from './use-log-in.ts';

type Missing = Readonly<Partial<Record<'apiUrl' | 'login' | 'password', boolean>>>;

/** Where whoever has worked at this computer says who they are. */
export function LoginForm({
  bridge,
  known,
}: {
  readonly bridge: Bridge;
  /** What was used last on this computer. */
  readonly known: Extract<SessionState, { state: 'signed-out' }>;
}) {
  const { t } = useTranslation();
  const form = useRef<HTMLFormElement>(null);
  const [otherServer, setOtherServer] = useState(false);
  const [apiUrl, setApiUrl] = useState(known.apiUrl);
  const [login, setLogin] = useState(known.login);
  const [password, setPassword] = useState('');
  const [certificate, setCertificate] = useState<File | null | 'as-before'>('as-before');
  const hasBefore = certificate === 'as-before' && known.hasCertificate && apiUrl.trim() === known.apiUrl;
  const [missing, setMissing] = useState<Missing>({});
  const { busy, problem, logIn } = useLogIn(bridge);

  const enter = () => {
    const found = { apiUrl: apiUrl.trim() === '', login: login.trim() === '', password: password === '' };
    showErrors(form.current, () => setMissing(found));
    if (!found.apiUrl && !found.login && !found.password) {
      void logIn({ apiUrl, login, password, certificate });
    }
  };

  return (
    <main className="login">
      <form
        ref={form}
        noValidate
        className="login-form form"
        aria-label={t('login.title')}
        onSubmit={(event) => {
          event.preventDefault();
          enter();
        }}
      >
        <div className="login-head">
          <Title order={1}>{t('app.name')}</Title>
          <LanguageSwitch />
        </div>
        {known.why !== undefined && <p role="status">{t(`login.why.${known.why}`)}</p>}
        {otherServer ? (
          <>
            <TextInput
              size="sm"
              label={t('login.apiUrl')}
              description={t('login.apiUrlHint')}
              value={apiUrl}
              error={missing.apiUrl === true && t('setup.noAddress')}
              maxLength={2000}
              onChange={(event) => setApiUrl(event.currentTarget.value)}
            />
            <FileInput
              size="sm"
              label={t('login.certificate')}
              description={t('login.certificateHint')}
              placeholder={t(hasBefore ? 'login.certificateBefore' : 'login.certificateNone')}
              accept=".pem,.crt,.cer"
              clearable
              clearButtonProps={{ 'aria-label': t('app.clear') }}
              value={certificate === 'as-before' ? null : certificate}
              onChange={setCertificate}
            />
            {hasBefore && (
              <button
                type="button"
                className="text-button login-certificate"
                onClick={() => setCertificate(null)}
              >
                {t('login.certificateRemove')}
              </button>
            )}
          </>
        ) : (
          <ServerLine apiUrl={apiUrl} onOther={() => setOtherServer(true)} />
        )}
        <TextInput
          size="sm"
          label={t('login.login')}
          value={login}
          error={missing.login === true && t('login.noLogin')}
          maxLength={64}
          autoComplete="username"
          onChange={(event) => setLogin(event.currentTarget.value)}
        />
        <PasswordInput
          size="sm"
          label={t('login.password')}
          value={password}
          error={missing.password === true && t('login.noPassword')}
          aria-invalid={missing.password === true}
          maxLength={256}
          autoComplete="current-password"
          visibilityToggleButtonProps={{ 'aria-label': t('login.showPassword') }}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        {problem !== null && <Problem>{t(problem)}</Problem>}
        <Button type="submit" size="sm" loading={busy}>
          {t('login.submit')}
        </Button>
        <p className="quiet login-about">{t('login.forgotten')}</p>
      </form>
    </main>
  );
}
