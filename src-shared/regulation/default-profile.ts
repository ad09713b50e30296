import profile from '#resources/regulation/profile.json' with { type: 'json' };
import { defaultCategories } from './category.ts';
import { parseProfile } from './parse-profile.ts';
import type { Profile } from './profile.ts';

/** The profile that ships with the product: the regulation of ООО «Белинфопортал», to the letter. */
export const defaultProfile: Profile = readDefaultProfile();

/** Throws if the shipped file is broken, which is a fault of the build and not of any input. */
function readDefaultProfile(): Profile {
  const parsed = parseProfile(profile, defaultCategories);
  if (parsed.ok) return parsed.value;
  const { kind, path, message } = parsed.error;
  throw new Error(`resources/regulation/profile.json: ${kind} at ${path}: ${message}`);
}
