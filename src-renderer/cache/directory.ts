import type { Table } from 'dexie';
import type { AgentId, ArticleId, BlockedSenderId, TemplateId } from '#shared/ids.ts';
import type { Agent } from '#shared/protocol/agent.ts';
import type { Article } from '#shared/protocol/article.ts';
import type { BlockedSender } from '#shared/protocol/blocked-sender.ts';
import type { Change } from '#shared/protocol/changes.ts';
import { defaultServiceSettings } from '#shared/protocol/service-settings.ts';
import type { Template } from '#shared/protocol/template.ts';
import type { Regulation } from '#shared/regulation/regulation.ts';
import { RuleBook } from '#shared/regulation/rule-book.ts';
import { jsonBytes, parseJson } from './bytes.ts';
import type { DirectoryView } from './cache-views.ts';
import type { CacheDatabase, ValueRecord } from './database.ts';
import type { SealedBox } from './sealed-box.ts';
import { SealedValues } from './sealed-values.ts';

/** A change of one of its members. */
type Member = Exclude<Change, { readonly entity: 'ticket' | 'letter' | 'activity' }>;
type WithoutVersion<Each> = Each extends Member ? Omit<Each, 'version'> : never;
/** What is remembered of a change, and stored under `entity:id`. */
type Remembered = WithoutVersion<Member>;

/** Changes of the directory, and the records that they become. */
export interface DirectoryWrite {
  readonly members: readonly Member[];
  readonly records: readonly ValueRecord[];
}

/** Agents, articles, templates and the like: small, few, and all of them in memory. */
export class Directory {
  readonly #values: SealedValues;
  readonly #agents = new Map<AgentId, Agent>();
  readonly #articles = new Map<ArticleId, Article>();
  readonly #templates = new Map<TemplateId, Template>();
  readonly #blockedSenders = new Map<BlockedSenderId, BlockedSender>();
  #settings = defaultServiceSettings;
  /** By revision; what the rules were made of. */
  readonly #regulations = new Map<number, Regulation>();
  #rules = RuleBook.shipped();

  constructor(database: CacheDatabase, box: SealedBox) {
    this.#values = new SealedValues(database.directory, box);
  }

  /** Reads what is stored. Throws DamagedCache. */
  async open(): Promise<void> {
    for (const [key, value] of await this.#values.getAll()) {
      const place = key.indexOf(':');
      const [entity, id] = [key.slice(0, place), key.slice(place + 1)];
      this.#learn({ entity, id, state: parseJson(value) } as Remembered);
    }
  }

  /** Where its records lie. */
  get table(): Table<ValueRecord, string> {
    return this.#values.table;
  }

  /** All versions of the regulation that the feed told of, on top of what ships. */
  get rules(): RuleBook {
    return this.#rules;
  }

  view(): DirectoryView {
    return {
      agents: [...this.#agents.values()],
      articles: [...this.#articles.values()],
      templates: [...this.#templates.values()],
      blockedSenders: [...this.#blockedSenders.values()],
      settings: this.#settings,
      regulations: [...this.#regulations.values()].toSorted((a, b) => a.revision - b.revision),
    };
  }

  /** What of these changes is the directory's, ready to be put into its table inside a transaction. */
  async prepare(changes: readonly Change[]): Promise<DirectoryWrite> {
    const members = changes.filter(isMember);
    const records = members.map(async ({ entity, id, state }) =>
      this.#values.seal(`${entity}:${id}`, jsonBytes(state)),
    );
    return { members, records: await Promise.all(records) };
  }

  /** Takes what has been stored into memory. */
  learn(members: readonly Member[]): void {
    for (const member of members) this.#learn(member);
  }

  /** Knows nothing any more; what is stored is the caller's. */
  forget(): void {
    this.#agents.clear();
    this.#articles.clear();
    this.#templates.clear();
    this.#blockedSenders.clear();
    this.#settings = defaultServiceSettings;
    this.#regulations.clear();
    this.#rules = RuleBook.shipped();
  }

  #learn(member: Remembered): void {
    switch (member.entity) {
      case 'agent':
        return replace(this.#agents, member.id, member.state);
      case 'article':
        return replace(this.#articles, member.id, member.state);
      case 'template':
        return replace(this.#templates, member.id, member.state);
      case 'blocked-sender':
        return replace(this.#blockedSenders, member.id, member.state);
      case 'settings':
        this.#settings = member.state ?? defaultServiceSettings;
        return;
      case 'regulation':
        if (member.state === null) return;
        this.#regulations.set(member.state.revision, member.state);
        this.#rules = this.#rules.with([member.state]);
    }
  }
}

function isMember(change: Change): change is Member {
  return change.entity !== 'ticket' && change.entity !== 'letter' && change.entity !== 'activity';
}

function replace<K, V>(map: Map<K, V>, key: K, value: V | null): void {
  if (value === null) map.delete(key);
  else map.set(key, value);
}
