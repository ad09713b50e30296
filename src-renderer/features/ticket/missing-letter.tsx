import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Letter } from '#shared/ticket/letter.ts';
import { errorKey, type ErrorKey } from '../../language/problem-key.ts';
import { useDesk } from '../../state/desk-context.ts';
import { Icon } from '../../ui/icon.tsx';
import { Problem } from '../../ui/problem.tsx';

type Asking = 'no' | 'asking' | 'asked';

/** Stands where a letter's text is not on this computer yet, or only its head is; fetches it on demand. */
export function MissingLetter({ letter, partly }: { readonly letter: Letter; readonly partly: boolean }) {
  const { t } = useTranslation();
  const { bridge } = useDesk();
  const [asking, setAsking] = useState<Asking>('no');
  const [problem, setProblem] = useState<ErrorKey | null>(null);

  const ask = async () => {
    setAsking('asking');
    setProblem(null);
    const fetched = await bridge.call('letters.fetch', {
      id: letter.id,
      locations: letter.locations.slice(0, 20),
    });
    setAsking(fetched.ok ? 'asked' : 'no');
    if (!fetched.ok) setProblem(errorKey(fetched.error));
  };

  return (
    <div className="letter-missing">
      <Icon name="mail" size={22} />
      <div>
        <p>{partly ? t('letter.partly') : t('letter.notHere')}</p>
        {asking === 'asked' && <p className="quiet">{t('letter.onItsWay')}</p>}
        {problem !== null && <Problem>{t(problem)}</Problem>}
        <Button
          variant="default"
          size="compact-xs"
          loading={asking === 'asking'}
          disabled={letter.locations.length === 0}
          onClick={() => void ask()}
        >
          {t('letter.fetch')}
        </Button>
        {letter.locations.length === 0 && <p className="quiet">{t('letter.noPlace')}</p>}
      </div>
    </div>
  );
}
