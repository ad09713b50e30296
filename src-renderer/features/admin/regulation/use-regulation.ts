import { useEffect, useMemo } from 'react';
import { create } from 'zustand';
import type { CallResult } from '#shared/bridge/bridge-client.ts';
import type { PutRegulation } from '#shared/protocol/put-regulation.ts';
import type { ProposedRegulation, Regulation } from '#shared/regulation/regulation.ts';
import type { Rules } from '#shared/regulation/rule-book.ts';
import { useDesk } from '../../../state/desk-context.ts';
import { nextVersion } from './next-version.ts';

/** What the API has answered is known before the feed brings it. */
const useAnswered = create<{ readonly profileId: string; readonly regulation: Regulation | null }>()(() => ({
  profileId: '',
  regulation: null,
}));

/** The regulation in force, the newest version that is known, and how an administrator changes a part of it. */
export function useRegulation(): {
  readonly revision: number;
  /** Null for what ships with the product. */
  readonly since: number | null;
  readonly current: ProposedRegulation;
  /** A part on top of what is in force now, with the versions that an edit needs. */
  readonly propose: (part: Partial<ProposedRegulation>) => PutRegulation;
  /** `conflict` when another version came since it was proposed; the feed brings that at once. */
  readonly put: (proposed: PutRegulation) => Promise<CallResult<'regulation.put'>>;
} {
  const { bridge, rules, session } = useDesk();
  const answered = useAnswered();
  const newest =
    answered.profileId === session.profileId &&
    answered.regulation !== null &&
    answered.regulation.revision > rules.current.revision
      ? answered.regulation
      : rules.current;
  // From then on the feed tells, also of a backup that was restored and knows less.
  const isBrought = (answered.regulation?.revision ?? Infinity) <= rules.current.revision;
  useEffect(() => {
    if (isBrought) useAnswered.setState({ regulation: null });
  }, [isBrought]);
  const current = useMemo(() => proposedOf(newest), [newest]);
  const { revision, since } = newest;
  return {
    revision,
    since: revision === 0 ? null : since,
    current,
    propose: (part) => {
      const proposed = { ...current, ...part };
      const next = revision + 1;
      return {
        revision,
        ...proposed,
        profile: { ...proposed.profile, version: nextVersion(current.profile, proposed.profile, next) },
        calendar: { ...proposed.calendar, version: nextVersion(current.calendar, proposed.calendar, next) },
      };
    },
    put: async (proposed) => {
      const kept = await bridge.call('regulation.put', proposed);
      if (kept.ok) useAnswered.setState({ profileId: session.profileId, regulation: kept.value });
      return kept;
    },
  };
}

function proposedOf(newest: Regulation | Rules): ProposedRegulation {
  const { profile, categories, calendar } = newest;
  return {
    profile,
    categories: [...categories],
    calendar: 'workingTime' in calendar ? calendar.calendar : calendar,
  };
}
