import { useTranslation } from 'react-i18next';
import type { Bridge } from '#shared/bridge/bridge-client.ts';
import type { CompiledCalendar } from '#shared/calendar/compile-calendar.ts';
import type { CacheClient } from './cache/cache-client.ts';
import { DeskProvider } from './desk-provider.tsx';
import { DeskScreen } from './features/desk/desk-screen.tsx';
import { LoginForm } from './features/login/login-form.tsx';
import { useSession } from './state/use-session.ts';

/** The desk: a log-in form, or the screen of whoever has logged in. */
export function App({
  bridge,
  cache,
  calendar,
}: {
  readonly bridge: Bridge;
  readonly cache: CacheClient;
  readonly calendar: CompiledCalendar;
}) {
  const { t } = useTranslation();
  const session = useSession(bridge);
  if (session === null) return <p className="queue-empty">{t('app.loading')}</p>;
  if (session.state === 'signed-out') {
    return <LoginForm key={`${session.apiUrl} ${session.login}`} bridge={bridge} known={session} />;
  }
  return (
    <DeskProvider key={session.profileId} bridge={bridge} cache={cache} calendar={calendar} session={session}>
      <DeskScreen />
    </DeskProvider>
  );
}
