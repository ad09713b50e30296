import { useEffect, useMemo, useState, type ReactNode } from 'react';
import type { Bridge, CallValue } from '#shared/bridge/bridge-client.ts';
import { defaultServiceSettings } from '#shared/protocol/service-settings.ts';
import type { CacheClient } from './cache/cache-client.ts';
import type { DirectoryView, OutboxView } from './cache/cache-views.ts';
import { DeskContext, type Desk, type SignedIn } from './state/desk-context.ts';
import { useLeftDrafts } from './state/left-drafts.ts';
import { useNoteTexts } from './state/note-texts.ts';
import { usePanels } from './state/panels.ts';
import { OutboxContext } from './state/use-outbox.ts';
import { useNow } from './state/use-now.ts';
import { useQueueView } from './state/queue-view.ts';
import { useSettingsDrafts } from './state/settings-drafts.ts';
import { useRules } from './state/use-rules.ts';
import { useFollowedStanding, useStanding } from './state/standing.ts';

const emptyDirectory: DirectoryView = {
  agents: [],
  articles: [],
  templates: [],
  blockedSenders: [],
  settings: defaultServiceSettings,
  regulations: [],
};

/** Gives the features everything they work with. The agent's cache is opened by the keeper window, which outlives this one. */
export function DeskProvider({
  bridge,
  cache,
  session,
  children,
}: {
  readonly bridge: Bridge;
  readonly cache: CacheClient;
  readonly session: SignedIn;
  readonly children: ReactNode;
}) {
  useFollowedStanding(bridge, cache);
  const clockOffsetMs = useStanding(({ status }) => status?.clockOffsetMs ?? 0);
  const now = useNow(clockOffsetMs);
  const [appInfo, setAppInfo] = useState<CallValue<'app.info'> | null>(null);
  const [directory, setDirectory] = useState(emptyDirectory);
  const [outbox, setOutbox] = useState<OutboxView | null>(null);
  const rules = useRules(directory.regulations);
  const forget = usePanels((panels) => panels.forget);

  useEffect(() => {
    void bridge.call('app.info', {}).then((info) => {
      if (info.ok) setAppInfo(info.value);
    });
  }, [bridge]);

  // What the last agent looked at is not the next one's business.
  useEffect(() => forget, [forget]);
  useEffect(() => useNoteTexts.getState().forget, []);
  useEffect(() => useLeftDrafts.getState().forget, []);
  useEffect(() => useQueueView.getState().forget, []);
  useEffect(() => useSettingsDrafts.getState().forget, []);

  useEffect(() => void cache.correctClock(clockOffsetMs), [cache, clockOffsetMs]);
  useEffect(() => cache.watchDirectory(setDirectory), [cache]);
  useEffect(() => cache.watchOutbox(setOutbox), [cache]);

  const desk = useMemo<Desk>(
    () => ({
      bridge,
      cache,
      session,
      appInfo,
      rules,
      calendar: rules.current.calendar,
      policy: rules.current.deadline,
      agents: new Map(directory.agents.map((agent) => [agent.id, agent])),
      articles: directory.articles,
      templates: directory.templates,
      blockedSenders: directory.blockedSenders,
      settings: directory.settings,
      clockOffsetMs,
      now,
    }),
    [bridge, cache, session, appInfo, rules, directory, clockOffsetMs, now],
  );
  return (
    <DeskContext value={desk}>
      <OutboxContext value={outbox}>{children}</OutboxContext>
    </DeskContext>
  );
}
