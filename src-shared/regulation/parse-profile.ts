import { Value } from 'typebox/value';
import { err, ok, type Result } from '../result.ts';
import { findSlots } from '../text/slots.ts';
import { automaticLetterSlots } from './automatic-letter.ts';
import { ANSWER_KINDS, type AnswerKind } from './answer-kind.ts';
import type { Category } from './category.ts';
import type { LocalisedText } from './fact.ts';
import { ProfileSchema, type Profile, type Reason } from './profile.ts';

/** Why a profile was refused. `path` is a JSON pointer into the profile. */
export interface ProfileError {
  readonly kind:
    | 'malformed'
    | 'unknown-answer-kind'
    | 'missing-answer-kind'
    | 'duplicate-entry'
    | 'arms-without-reaction'
    | 'look-again-after-refusal'
    | 'unknown-slot'
    | 'slots-differ'
    | 'unknown-reason'
    | 'unknown-category';
  readonly path: string;
  readonly message: string;
}

const LOOK_AGAIN_SLOT = 'lookAgain';
const LANGUAGES = ['ru', 'be', 'en'] as const;

/**
 * Checks a profile that comes from a file, an import or the API against the kinds of work that go with it, and returns
 * the first fault found.
 *
 * Beyond the shape it refuses what would silently judge tickets wrong: kinds of answer that the desk does not know or
 * that are left out, an answer that closes without being a reaction, letters with slots that nothing fills.
 */
export function parseProfile(
  json: unknown,
  categories: readonly Pick<Category, 'id'>[],
): Result<Profile, ProfileError> {
  if (!Value.Check(ProfileSchema, json)) {
    const first = Value.Errors(ProfileSchema, json)[0];
    return err({
      kind: 'malformed',
      path: first?.instancePath ?? '',
      message: first?.message ?? 'does not match the profile schema',
    });
  }
  const fault =
    answerKindsFault(json) ??
    reasonsFault(json) ??
    automaticLettersFault(json) ??
    outOfScopeFault(json, categories);
  return fault === null ? ok(json) : err(fault);
}

/** Whether a text names a kind of answer that the desk knows. */
export function isAnswerKind(kind: string): kind is AnswerKind {
  return ANSWER_KINDS.some((known) => known === kind);
}

function answerKindsFault({ answerKinds }: Profile): ProfileError | null {
  const listed = new Set<string>();
  for (const [i, { kind, stopsClock, armsClosing }] of answerKinds.entries()) {
    const path = `/answerKinds/${i}`;
    if (!isAnswerKind(kind)) {
      return { kind: 'unknown-answer-kind', path, message: `there is no kind of answer ${quoted(kind)}` };
    }
    if (listed.has(kind)) return { kind: 'duplicate-entry', path, message: `${kind} is listed twice` };
    if (armsClosing && !stopsClock) {
      return {
        kind: 'arms-without-reaction',
        path,
        message: `${kind} would close tickets whose clients still wait for a reaction`,
      };
    }
    listed.add(kind);
  }
  const missing = ANSWER_KINDS.find((kind) => !listed.has(kind));
  return missing === undefined
    ? null
    : { kind: 'missing-answer-kind', path: '/answerKinds', message: `${missing} is not listed` };
}

function reasonsFault({ reasons }: Profile): ProfileError | null {
  for (const [i, reason] of reasons.entries()) {
    const path = `/reasons/${i}`;
    if (reasons.slice(0, i).some(({ id, item }) => id === reason.id || item === reason.item)) {
      const message = `the reason ${reason.id} or its item ${reason.item} is listed twice`;
      return { kind: 'duplicate-entry', path, message };
    }
    const facts = reason.facts.map(({ id }) => id);
    const twice = facts.find((id, place) => facts.indexOf(id) !== place || id === LOOK_AGAIN_SLOT);
    if (twice !== undefined) {
      return { kind: 'duplicate-entry', path: `${path}/facts`, message: `${twice} is named twice` };
    }
    if (reason.needsLookAgain && reason.outcome === 'refusal') {
      const message = `${reason.id}: what is refused is not looked at again`;
      return { kind: 'look-again-after-refusal', path, message };
    }
    const fault = clientTextFault(reason, `${path}/clientText`);
    if (fault !== null) return fault;
  }
  return null;
}

function clientTextFault({ facts, needsLookAgain, clientText }: Reason, path: string): ProfileError | null {
  const known = new Set([...facts.map(({ id }) => id), ...(needsLookAgain ? [LOOK_AGAIN_SLOT] : [])]);
  return textFault(clientText, known, path, 'is no fact of the reason');
}

function automaticLettersFault({ automaticLetters }: Profile): ProfileError | null {
  const known = new Set<string>(automaticLetterSlots);
  for (const [i, { id, text }] of automaticLetters.entries()) {
    const path = `/automaticLetters/${i}`;
    if (automaticLetters.slice(0, i).some((other) => other.id === id)) {
      return { kind: 'duplicate-entry', path, message: `${id} is listed twice` };
    }
    const fault = textFault(text, known, `${path}/text`, 'is nothing that the letter can be filled with');
    if (fault !== null) return fault;
  }
  return null;
}

function textFault(
  text: LocalisedText,
  known: ReadonlySet<string>,
  path: string,
  unknownWords: string,
): ProfileError | null {
  const slots = LANGUAGES.map((language) => ({
    language,
    names: [...new Set(findSlots(text[language]).map(({ name }) => name))].toSorted(),
  }));
  for (const { language, names } of slots) {
    const unknown = names.find((name) => !known.has(name));
    if (unknown !== undefined) {
      const message = `${quoted(unknown)} ${unknownWords}`;
      return { kind: 'unknown-slot', path: `${path}/${language}`, message };
    }
  }
  const [first, ...others] = slots;
  const differs = others.find(({ names }) => names.join() !== first?.names.join());
  return differs === undefined
    ? null
    : {
        kind: 'slots-differ',
        path: `${path}/${differs.language}`,
        message: 'the languages do not tell the client the same facts',
      };
}

function outOfScopeFault(
  { outOfScope, reasons }: Profile,
  categories: readonly Pick<Category, 'id'>[],
): ProfileError | null {
  if (!reasons.some(({ id }) => id === outOfScope.reason)) {
    const message = `there is no reason ${outOfScope.reason}`;
    return { kind: 'unknown-reason', path: '/outOfScope/reason', message };
  }
  if (!categories.some(({ id }) => id === outOfScope.category)) {
    const message = `there is no kind of work ${outOfScope.category}`;
    return { kind: 'unknown-category', path: '/outOfScope/category', message };
  }
  return null;
}

function quoted(text: string): string {
  return JSON.stringify(text.slice(0, 60));
}
