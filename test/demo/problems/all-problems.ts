import type { Institution } from '../institutions.ts';
import { accessProblems } from './access-problems.ts';
import { belarusianProblems } from './belarusian-problems.ts';
import { designProblems } from './design-problems.ts';
import { hostingProblems } from './hosting-problems.ts';
import type { Problem } from './problem.ts';

/** What institutions write about, by the language they write in. */
export const problems: Readonly<Record<Institution['language'], readonly Problem[]>> = {
  ru: [...hostingProblems, ...designProblems, ...accessProblems],
  be: belarusianProblems,
};
