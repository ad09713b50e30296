/** What an agent does, as far as it can be lost; `id` names the thing, `words` what it then holds. */
export interface Deed {
  readonly kind: 'operation' | 'draft' | 'note' | 'letter';
  /** Of a letter: its draft's, which it takes the place of. */
  readonly id: string;
  readonly words: string;
}

/** What the desk said to a deed; `none`: it was killed before it could. */
export type DeskWord = 'saved' | 'refused' | 'none';

/** Everything of an agent's work that a desk shows or has in hand. */
export interface FoundWork {
  readonly deeds: readonly Deed[];
}

interface Version {
  readonly deed: Deed;
  readonly word: DeskWord;
}

/** What an agent has done at a desk, and what the desk said to it. */
export class KeptWork {
  readonly #versions = new Map<string, Version[]>();

  /** In the order in which the deeds were done. */
  note(deed: Deed, word: DeskWord): void {
    const versions = this.#versions.get(deed.id) ?? [];
    versions.push({ deed, word });
    this.#versions.set(deed.id, versions);
  }

  /** How many things the desk has promised to keep. */
  get promised(): number {
    return [...this.#versions.values()].filter((versions) => versions.some(isSaved)).length;
  }

  get refused(): number {
    return [...this.#versions.values()].flat().filter(({ word }) => word === 'refused').length;
  }

  /**
   * What is wrong with a desk that has been started again; empty when nothing is.
   *
   * Each thing must be there as it was saved last, or as a deed after that left it to which nobody could answer; a deed
   * that was refused left nothing, and nothing else may be there.
   */
  differences(found: FoundWork): string[] {
    const differences: string[] = [];
    const foundById = new Map<string, Deed>();
    for (const deed of found.deeds) {
      if (foundById.has(deed.id)) differences.push(`twice: ${describe(deed)}`);
      foundById.set(deed.id, deed);
      if (!this.#versions.has(deed.id)) differences.push(`invented: ${describe(deed)}`);
    }
    for (const [id, versions] of this.#versions) {
      const lastSaved = versions.findLastIndex(isSaved);
      const allowed = versions.filter(
        ({ word }, index) => index === lastSaved || (index > lastSaved && word === 'none'),
      );
      const deed = foundById.get(id);
      if (deed === undefined) {
        const saved = versions[lastSaved];
        if (saved !== undefined) differences.push(`lost: ${describe(saved.deed)}`);
      } else if (!allowed.some((version) => isSame(version.deed, deed))) {
        const expected = allowed.map((version) => describe(version.deed)).join(' or ');
        differences.push(`other than saved: ${describe(deed)} for ${expected === '' ? 'nothing' : expected}`);
      }
    }
    return differences;
  }
}

function isSaved({ word }: Version): boolean {
  return word === 'saved';
}

function isSame(one: Deed, other: Deed): boolean {
  return one.kind === other.kind && one.words === other.words;
}

function describe({ kind, id, words }: Deed): string {
  const short = words.length > 40 ? `${words.slice(0, 40)}… (${String(words.length)})` : words;
  return `${kind} ${id.slice(-6)} "${short}"`;
}
