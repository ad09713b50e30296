import {
  Button,
  Fieldset,
  Group,
  NumberInput,
  PasswordInput,
  Select,
  Switch,
  TextInput,
} from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TransportSecurity } from '#shared/protocol/mailbox-record.ts';
import { errorKey, type ErrorKey } from '../../language/problem-key.ts';
import { useDesk } from '../../state/desk-context.ts';
import { Icon } from '../../ui/icon.tsx';
import { Problem, Warning } from '../../ui/problem.tsx';
import { serverOfDraft, type ServerDraft } from './mailbox-draft.ts';

const securities: readonly TransportSecurity[] = ['tls', 'starttls', 'none'];

type Trial =
  | { readonly state: 'idle' | 'running' | 'good' }
  | { readonly state: 'bad'; readonly why: ErrorKey | 'settings.incomplete' };

/** One mail server, with a trial that connects and logs in but reads and sends nothing. */
export function ServerFields({
  protocol,
  server,
  keepsPassword,
  certificateAuthority,
  onChange,
}: {
  readonly protocol: 'imap' | 'smtp';
  readonly server: ServerDraft;
  /** True when an empty password means the one that is stored. */
  readonly keepsPassword: boolean;
  readonly certificateAuthority: string | null;
  readonly onChange: (server: ServerDraft) => void;
}) {
  const { t } = useTranslation();
  const { bridge } = useDesk();
  const [trial, setTrial] = useState<Trial>({ state: 'idle' });
  const change = (changed: Partial<ServerDraft>) => {
    setTrial({ state: 'idle' });
    onChange({ ...server, ...changed });
  };
  const test = async () => {
    const complete = serverOfDraft(server);
    if (complete === null) return setTrial({ state: 'bad', why: 'settings.incomplete' });
    setTrial({ state: 'running' });
    const tested = await bridge.call('mailbox.test', { protocol, server: complete, certificateAuthority });
    return setTrial(tested.ok ? { state: 'good' } : { state: 'bad', why: errorKey(tested.error) });
  };
  return (
    <Fieldset legend={t(`settings.${protocol}`)} className="server-fields">
      <div className="form-row">
        <TextInput
          label={t('settings.host')}
          value={server.host}
          maxLength={253}
          className="grow"
          onChange={(event) => change({ host: event.currentTarget.value })}
        />
        <NumberInput
          label={t('settings.port')}
          value={server.port}
          min={1}
          max={65_535}
          allowDecimal={false}
          hideControls
          w={90}
          onChange={(port) => change({ port })}
        />
        <Select
          label={t('settings.security')}
          data={securities.map((security) => ({
            value: security,
            label: t(`settings.securityOf.${security}`),
          }))}
          value={server.security}
          allowDeselect={false}
          w={190}
          onChange={(security) => {
            if (security !== null) change({ security });
          }}
        />
      </div>
      {server.security === 'none' && (
        <>
          <Warning>{t('settings.plainTextWarning')}</Warning>
          <Switch
            label={t('settings.allowPlainText')}
            checked={server.allowPlainText}
            onChange={(event) => change({ allowPlainText: event.currentTarget.checked })}
          />
        </>
      )}
      <div className="form-row">
        <TextInput
          label={t('settings.user')}
          value={server.user}
          maxLength={320}
          className="grow"
          autoComplete="off"
          onChange={(event) => change({ user: event.currentTarget.value })}
        />
        <PasswordInput
          label={t('settings.password')}
          placeholder={keepsPassword ? t('settings.passwordKept') : ''}
          value={server.password}
          maxLength={1000}
          className="grow"
          autoComplete="off"
          visibilityToggleButtonProps={{ 'aria-label': t('login.showPassword') }}
          onChange={(event) => change({ password: event.currentTarget.value })}
        />
      </div>
      <Group gap="xs">
        <Button variant="default" loading={trial.state === 'running'} onClick={() => void test()}>
          {t(`settings.test.${protocol}`)}
        </Button>
        <output className="trial-good">
          {trial.state === 'good' && (
            <>
              <Icon name="check" /> {t('settings.testGood')}
            </>
          )}
        </output>
      </Group>
      {trial.state === 'bad' && <Problem>{t(trial.why)}</Problem>}
    </Fieldset>
  );
}
