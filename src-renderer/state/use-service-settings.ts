import { create } from 'zustand';
import type { ServiceSettings } from '#shared/protocol/service-settings.ts';
import type { CallResult } from '#shared/bridge/bridge-client.ts';
import { useDesk } from './desk-context.ts';

/** What the API has answered is known before the feed brings it. */
const useAnswered = create<{ readonly profileId: string; readonly settings: ServiceSettings | null }>()(
  () => ({
    profileId: '',
    settings: null,
  }),
);

/** The service's settings, the newest that are known, and how an administrator changes a part of them. */
export function useServiceSettings(): {
  readonly settings: ServiceSettings;
  /** `conflict` when somebody else was faster; the feed brings theirs at once. */
  readonly save: (part: Partial<ServiceSettings>) => Promise<CallResult<'settings.put'>>;
} {
  const { bridge, session, settings: fed } = useDesk();
  const answered = useAnswered();
  const settings =
    answered.profileId === session.profileId &&
    answered.settings !== null &&
    answered.settings.revision > fed.revision
      ? answered.settings
      : fed;
  return {
    settings,
    save: async (part) => {
      const kept = await bridge.call('settings.put', { ...settings, ...part });
      if (kept.ok) useAnswered.setState({ profileId: session.profileId, settings: kept.value });
      return kept;
    },
  };
}
