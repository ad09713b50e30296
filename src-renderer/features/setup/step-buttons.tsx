import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** Back and forth; Enter in any field is forth, Alt and the left arrow back. */
export function StepButtons({
  next,
  busy = false,
  onBack,
}: {
  readonly next: string;
  readonly busy?: boolean;
  readonly onBack: (() => void) | null;
}) {
  const { t } = useTranslation();
  return (
    <div className="setup-buttons">
      {onBack !== null && (
        <Button variant="default" size="sm" onClick={onBack}>
          {t('setup.back')}
        </Button>
      )}
      <Button type="submit" size="sm" loading={busy} className="setup-next">
        {next}
      </Button>
    </div>
  );
}
