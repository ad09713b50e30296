import { createContext, useContext } from 'react';
import type { Bridge, CallValue } from '#shared/bridge/bridge-client.ts';
import type { SessionState } from '#shared/bridge/desk-status.ts';
import type { CompiledCalendar } from '#shared/calendar/compile-calendar.ts';
import type { AgentId } from '#shared/ids.ts';
import type { Agent } from '#shared/protocol/agent.ts';
import type { Article } from '#shared/protocol/article.ts';
import type { BlockedSender } from '#shared/protocol/blocked-sender.ts';
import type { ServiceSettings } from '#shared/protocol/service-settings.ts';
import type { Template } from '#shared/protocol/template.ts';
import type { DeadlinePolicy } from '#shared/regulation/deadline-policy.ts';
import type { RuleBook } from '#shared/regulation/rule-book.ts';
import type { CacheClient } from '../cache/cache-client.ts';

export type SignedIn = Extract<SessionState, { state: 'signed-in' }>;

/** What every feature works with once an agent has logged in; what changes often is apart, in `useStanding`. */
export interface Desk {
  readonly bridge: Bridge;
  readonly cache: CacheClient;
  readonly session: SignedIn;
  readonly appInfo: CallValue<'app.info'> | null;
  /** All versions of the regulation: what is open is judged by `rules.current`, what is over by `rules.at(when it ended)`. */
  readonly rules: RuleBook;
  /** Of `rules.current`. */
  readonly calendar: CompiledCalendar;
  /** Of `rules.current`. */
  readonly policy: DeadlinePolicy;
  readonly agents: ReadonlyMap<AgentId, Agent>;
  readonly articles: readonly Article[];
  readonly templates: readonly Template[];
  readonly blockedSenders: readonly BlockedSender[];
  readonly settings: ServiceSettings;
  /** The API's clock minus this computer's. */
  readonly clockOffsetMs: number;
  /** By the corrected clock; renewed every few seconds. */
  readonly now: number;
}

export const DeskContext = createContext<Desk | null>(null);

/** The desk around a feature; throws outside of one, which is a fault of the code. */
export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (desk === null) throw new Error('a feature stands outside of the desk');
  return desk;
}
