import { useTranslation } from 'react-i18next';
import { basisOf, type LedgerBasis } from '#shared/sla/ledger-basis.ts';
import type { ProvedPeriod } from '#shared/sla/prove-periods.ts';

/** What the rules that were named say, each once. */
export function BasisList({ periods }: { readonly periods: readonly ProvedPeriod[] }) {
  const { t } = useTranslation();
  const named = new Set<LedgerBasis>(periods.flatMap(({ explained }) => explained.ledger.map(basisOf)));
  return (
    <ul className="ledger-basis">
      {[...named]
        .filter((basis) => basis !== 'operator-target')
        .map((basis) => (
          <li key={basis}>{t(`ledger.basis.${basis}`)}</li>
        ))}
    </ul>
  );
}
