import { create } from 'zustand';

/** The steps of the set-up assistant; those from `mailbox` on are an administrator's. */
export type SetupStep = 'look' | 'server' | 'login' | 'mailbox' | 'done';

export const setupSteps: readonly SetupStep[] = ['look', 'server', 'login', 'mailbox', 'done'];

interface Setup {
  /** Null while nobody is setting anything up. */
  readonly step: SetupStep | null;
  readonly apiUrl: string;
  readonly certificate: File | null;
  readonly login: string;
  /** Typed at the log-in; kept so that the first password can be changed without typing it again. */
  readonly password: string;
  /** True from a log-in until it is known whether the service still needs its mailbox. */
  readonly arriving: boolean;
  readonly change: (part: Partial<Omit<Setup, 'change' | 'finish'>>) => void;
  /** Forgets everything, the password above all. */
  readonly finish: () => void;
}

const start = {
  step: null,
  apiUrl: '',
  certificate: null,
  login: '',
  password: '',
  arriving: false,
} as const;

/** How far the set-up of this desk is; it outlives the change from the log-in to the desk. */
export const useSetup = create<Setup>()((set) => ({
  ...start,
  change: (part) => set(part),
  finish: () => set(start),
}));
