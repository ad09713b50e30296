import { useTranslation } from 'react-i18next';
import { AppearanceFields } from '../settings/appearance-fields.tsx';
import { SetupFrame } from './setup-frame.tsx';
import { useSetup } from './setup-state.ts';
import { StepButtons } from './step-buttons.tsx';
import { StepForm } from './step-form.tsx';

/** Step 1: language and looks, which show at once. */
export function LookStep() {
  const { t } = useTranslation();
  const change = useSetup((setup) => setup.change);
  return (
    <SetupFrame step="look">
      <StepForm label={t('setup.title.look')} onNext={() => change({ step: 'server' })} onBack={null}>
        <AppearanceFields />
        <StepButtons next={t('setup.next')} onBack={null} />
      </StepForm>
    </SetupFrame>
  );
}
