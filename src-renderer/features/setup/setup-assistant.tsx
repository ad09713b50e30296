import type { Bridge } from '#shared/bridge/bridge-client.ts';
import { LookStep } from './look-step.tsx';
import { LoginStep } from './login-step.tsx';
import { ServerStep } from './server-step.tsx';
import { useSetup } from './setup-state.ts';

/** Leads a new desk from nothing to the log-in; what is typed stays on the way back and forth. */
export function SetupAssistant({ bridge }: { readonly bridge: Bridge }) {
  const step = useSetup((setup) => setup.step);
  if (step === 'server') return <ServerStep bridge={bridge} />;
  if (step === 'login') return <LoginStep bridge={bridge} />;
  return <LookStep />;
}
