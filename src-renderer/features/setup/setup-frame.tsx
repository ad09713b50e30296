import { Title } from '@mantine/core';
import { useEffect, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../ui/icon.tsx';
import { LanguageSwitch } from '../../ui/language-switch.tsx';
import { setupSteps, type SetupStep } from './setup-state.ts';

/** The card that every step of the assistant stands on. */
export function SetupFrame({
  step,
  wide = false,
  children,
}: {
  readonly step: SetupStep;
  readonly wide?: boolean;
  readonly children: ReactNode;
}) {
  const { t } = useTranslation();
  const title = useRef<HTMLHeadingElement>(null);
  const at = setupSteps.indexOf(step);
  // Whoever does not see the screen hears which step this is; a field that wants the keyboard takes it after that.
  useEffect(() => {
    if (title.current?.closest('main')?.contains(document.activeElement) !== true) title.current?.focus();
  }, []);
  return (
    <main className="setup">
      <div className="setup-card" data-wide={wide}>
        <header className="setup-head">
          <strong>{t('app.name')}</strong>
          {step !== 'look' && <LanguageSwitch />}
        </header>
        <ol className="setup-steps" aria-label={t('setup.steps')}>
          {setupSteps.map((each, number) => (
            <li key={each} aria-current={each === step ? 'step' : undefined} data-past={number < at}>
              <span className="setup-number" aria-hidden="true">
                {number < at ? <Icon name="check" size={13} /> : number + 1}
              </span>
              {t(`setup.step.${each}`)}
            </li>
          ))}
        </ol>
        <Title ref={title} order={1} tabIndex={-1} className="setup-title">
          {t(`setup.title.${step}`)}
        </Title>
        <p className="setup-about">{t(`setup.about.${step}`)}</p>
        {children}
      </div>
    </main>
  );
}
