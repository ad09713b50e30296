import { useTranslation } from 'react-i18next';
import type { Bridge } from '#shared/bridge/bridge-client.ts';
import type { CacheClient } from './cache/cache-client.ts';
import { DeskProvider } from './desk-provider.tsx';
import { DeskScreen } from './features/desk/desk-screen.tsx';
import { LoginForm } from './features/login/login-form.tsx';
import { FirstDay } from './features/setup/first-day.tsx';
import { SetupAssistant } from './features/setup/setup-assistant.tsx';
import { useSetup } from './features/setup/setup-state.ts';
import { useSession } from './state/use-session.ts';

/** The desk: what a new one is set up with, a log-in form, or the screen of whoever has logged in. */
export function App({ bridge, cache }: { readonly bridge: Bridge; readonly cache: CacheClient }) {
  const { t } = useTranslation();
  const session = useSession(bridge);
  const settingUp = useSetup(({ step }) => step !== null);
  if (session === null) return <p className="queue-empty">{t('app.loading')}</p>;
  if (session.state === 'signed-out') {
    if (settingUp || session.apiUrl === '') return <SetupAssistant bridge={bridge} />;
    return <LoginForm key={`${session.apiUrl} ${session.login}`} bridge={bridge} known={session} />;
  }
  return (
    <DeskProvider key={session.profileId} bridge={bridge} cache={cache} session={session}>
      <FirstDay>
        <DeskScreen />
      </FirstDay>
    </DeskProvider>
  );
}
