import type { Clause } from '../regulation/clause.ts';
import type { LedgerStep } from './ledger.ts';

/**
 * What a step of a ledger rests on: its clause, and for the steps that need none to be followed what a dispute asks for.
 *
 * - regulation-6-interruptions: the service publishes the interruptions of its work
 * - labour-code-136: the government moves working days (part 6)
 * - operator-target: the service's own wish, which binds it to nobody
 */
export type LedgerBasis = Clause | 'regulation-6-interruptions' | 'labour-code-136' | 'operator-target';

/** See {@link LedgerBasis}. */
export function basisOf(step: LedgerStep): LedgerBasis {
  switch (step.kind) {
    case 'rule':
    case 'day-zero':
    case 'after-hours':
    case 'due':
      return step.clause;
    case 'counted':
      return 'regulation-3-reaction';
    case 'received':
    case 'weekend':
    case 'holiday':
      return 'regulation-4-hours';
    case 'moved-off':
      return 'labour-code-136';
    case 'own-day-off':
    case 'closure':
      return 'regulation-6-interruptions';
    case 'target':
      return 'operator-target';
  }
}
