import type { ApiError } from '#shared/protocol/api-error.ts';
import { parseRegulation } from '#shared/regulation/parse-regulation.ts';
import type { ProposedRegulation } from '#shared/regulation/regulation.ts';
import { err, ok, type Result } from '#shared/result.ts';

/** Refuses a regulation that contradicts itself, in words that say where. */
export function checkRegulation(proposed: ProposedRegulation): Result<ProposedRegulation, ApiError> {
  const { profile, categories, calendar } = proposed;
  const parsed = parseRegulation({ profile, categories, calendar });
  if (parsed.ok) return ok(parsed.value);
  const { kind, path, message } = parsed.error;
  return err({ kind: 'invalid', message: `${path}: ${kind}: ${message}` });
}
