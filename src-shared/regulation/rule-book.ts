import { readDefaultCalendar } from '../calendar/default-calendar.ts';
import { compileCalendar, type CompiledCalendar } from '../calendar/compile-calendar.ts';
import { reactionPolicyOf, type ReactionPolicy, type ReactionRules } from '../sla/reaction.ts';
import { defaultCategories, type Category } from './category.ts';
import { closingPolicyOf, type ClosingPolicy } from './closing-policy.ts';
import { deadlinePolicyOf, type DeadlinePolicy } from './deadline-policy.ts';
import { defaultProfile } from './default-profile.ts';
import type { Profile, Reason } from './profile.ts';
import type { ProposedRegulation, Regulation } from './regulation.ts';

/** One version of the regulation, ready to judge by. */
export interface Rules {
  /** 0: what ships with the product. */
  readonly revision: number;
  readonly since: number;
  readonly profile: Profile;
  readonly categories: readonly Category[];
  readonly calendar: CompiledCalendar;
  readonly deadline: DeadlinePolicy;
  readonly reaction: ReactionPolicy;
  readonly closing: ClosingPolicy;
}

/** Prepares a version for judging. Its calendar's tables are made when they are first asked for. */
export function rulesOf(
  { profile, categories, calendar }: ProposedRegulation,
  revision: number,
  since: number,
): Rules {
  return {
    revision,
    since,
    profile,
    categories,
    calendar: compileCalendar(calendar),
    deadline: deadlinePolicyOf(profile),
    reaction: reactionPolicyOf(profile),
    closing: closingPolicyOf(profile),
  };
}

/**
 * All versions of the regulation, so that what happened is judged by what was in force then.
 *
 * Immutable; a new version makes a new book ({@link RuleBook.with}).
 */
export class RuleBook implements ReactionRules {
  /** In order of time; the first holds since ever. */
  readonly #versions: readonly [Rules, ...Rules[]];

  private constructor(versions: readonly [Rules, ...Rules[]]) {
    this.#versions = versions;
  }

  /** Only what ships with the product: the regulation of the first operator, to the letter. */
  static shipped(): RuleBook {
    const calendar = readDefaultCalendar();
    const shipped = { profile: defaultProfile, categories: [...defaultCategories], calendar };
    return new RuleBook([rulesOf(shipped, 0, -Infinity)]);
  }

  /** The book with these versions too; one that it has already stays as it is, compiled tables included. */
  with(regulations: Iterable<Regulation>): RuleBook {
    const [shipped, ...others] = this.#versions;
    const byRevision = new Map(others.map((rules) => [rules.revision, rules]));
    for (const regulation of regulations) {
      const { revision, since } = regulation;
      if (!byRevision.has(revision)) byRevision.set(revision, rulesOf(regulation, revision, since));
    }
    const later = [...byRevision.values()].toSorted((a, b) => a.revision - b.revision);
    return new RuleBook([shipped, ...later]);
  }

  /** What is in force now: the newest version. */
  get current(): Rules {
    return this.#versions.at(-1) ?? this.#versions[0];
  }

  /** See `ReactionRules`. */
  reactionAt(moment: number): ReactionPolicy {
    return this.at(moment).reaction;
  }

  /** A kind of work, as the newest version that has it describes it: tickets keep kinds that are no more. */
  category(id: string): Category | null {
    return this.#newest(({ categories }) => categories.find((category) => category.id === id));
  }

  /** A reason to postpone or refuse, likewise. */
  reason(id: string): Reason | null {
    return this.#newest(({ profile }) => profile.reasons.find((reason) => reason.id === id));
  }

  #newest<T>(find: (rules: Rules) => T | undefined): T | null {
    for (const rules of this.#versions.toReversed()) {
      const found = find(rules);
      if (found !== undefined) return found;
    }
    return null;
  }

  /** What was in force at a moment. */
  at(moment: number): Rules {
    return this.#versions.findLast(({ since }) => since <= moment) ?? this.#versions[0];
  }
}
