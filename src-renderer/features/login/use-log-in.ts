import { useState } from 'react';
import type { Bridge } from '#shared/bridge/bridge-client.ts';
import { errorKey, type ErrorKey } from '../../language/problem-key.ts';
import { useSetup } from '../setup/setup-state.ts';

interface Credentials {
  readonly apiUrl: string;
  readonly login: string;
  readonly password: string;
  /** Null for none. */
  readonly certificate: File | null | 'as-before';
}

/** Logs in; who is in sees the desk by the session's own event. */
export function useLogIn(bridge: Bridge): {
  readonly busy: boolean;
  readonly problem: ErrorKey | null;
  readonly logIn: (wanted: Credentials) => Promise<void>;
} {
  const change = useSetup((setup) => setup.change);
  const [problem, setProblem] = useState<ErrorKey | null>(null);
  const [busy, setBusy] = useState(false);
  const logIn = async ({ apiUrl, login, password, certificate }: Credentials) => {
    setBusy(true);
    setProblem(null);
    // Before the answer: the desk asks, as soon as it stands, whether the service needs its mailbox yet.
    change({ arriving: true });
    const answer = await bridge.call('session.logIn', {
      apiUrl: apiUrl.trim(),
      login: login.trim(),
      password,
      ...(certificate === 'as-before'
        ? {}
        : { certificateAuthority: certificate === null ? null : await certificate.text() }),
    });
    setBusy(false);
    if (answer.ok) return;
    change({ arriving: false });
    setProblem(errorKey(answer.error));
  };
  return { busy, problem, logIn };
}
