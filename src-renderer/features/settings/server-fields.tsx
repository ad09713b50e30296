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
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MailServer, TransportSecurity } from '#shared/protocol/mailbox-record.ts';
import { errorKey, type ErrorKey } from '../../language/problem-key.ts';
import { useDesk } from '../../state/desk-context.ts';
import { Icon } from '../../ui/icon.tsx';
import { Problem, Warning } from '../../ui/problem.tsx';
import { showErrors } from '../../ui/show-errors.ts';
import { wantsAppPassword } from './mail-presets.ts';
import { keepsPassword, serverOfDraft, type ServerDraft, type ServerProblems } from './mailbox-draft.ts';

const securities: readonly TransportSecurity[] = ['tls', 'starttls', 'none'];

/** Failures that have words of their own where a mail server is meant. */
const told = [
  'unreachable',
  'bad-certificate',
  'wrong-credentials',
  'unexpected-answer',
  'plain-text-refused',
] as const;

type Trial =
  | { readonly state: 'idle' | 'running' | 'good' }
  | { readonly state: 'bad'; readonly why: ErrorKey | `settings.failed.${(typeof told)[number]}` };

/** One mail server, with a trial that connects and logs in but reads and sends nothing. */
export function ServerFields({
  protocol,
  server,
  stored,
  wrong: wrongAtSave,
  certificateAuthority,
  onChange,
}: {
  readonly protocol: 'imap' | 'smtp';
  readonly server: ServerDraft;
  /** What the API has; its password stays where the field is left empty. */
  readonly stored: MailServer | undefined;
  readonly wrong: ServerProblems;
  readonly certificateAuthority: string | null;
  readonly onChange: (server: ServerDraft) => void;
}) {
  const { t } = useTranslation();
  const { bridge } = useDesk();
  const fields = useRef<HTMLFieldSetElement>(null);
  const [wrongAtTrial, setWrongAtTrial] = useState<ServerProblems>({});
  const wrong = { ...wrongAtTrial, ...wrongAtSave };
  const [trial, setTrial] = useState<Trial>({ state: 'idle' });
  const change = (changed: Partial<ServerDraft>) => {
    setTrial({ state: 'idle' });
    onChange({ ...server, ...changed });
  };
  const test = async () => {
    const complete = serverOfDraft(server, stored);
    showErrors(fields.current, () => setWrongAtTrial(complete.ok ? {} : complete.error));
    if (!complete.ok) return setTrial({ state: 'idle' });
    setTrial({ state: 'running' });
    const tested = await bridge.call('mailbox.test', {
      protocol,
      server: complete.value,
      certificateAuthority,
    });
    if (tested.ok) return setTrial({ state: 'good' });
    const kind = told.find((known) => known === tested.error.kind);
    const why = kind === undefined ? errorKey(tested.error) : (`settings.failed.${kind}` as const);
    return setTrial({ state: 'bad', why });
  };
  return (
    <Fieldset ref={fields} legend={t(`settings.${protocol}`)} className="server-fields">
      <div className="form-row form-row-top">
        <TextInput
          label={t('settings.host')}
          value={server.host}
          error={wrong.host !== undefined && t(wrong.host)}
          maxLength={253}
          className="grow"
          onChange={(event) => change({ host: event.currentTarget.value })}
        />
        <NumberInput
          label={t('settings.port')}
          value={server.port}
          error={wrong.port !== undefined && t(wrong.port)}
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
      <div className="form-row form-row-top">
        <TextInput
          label={t('settings.user')}
          value={server.user}
          error={wrong.user !== undefined && t(wrong.user)}
          maxLength={320}
          className="grow"
          autoComplete="off"
          onChange={(event) => change({ user: event.currentTarget.value })}
        />
        <PasswordInput
          label={t('settings.password')}
          placeholder={keepsPassword(server, stored) ? t('settings.passwordKept') : ''}
          value={server.password}
          error={wrong.password !== undefined && t(wrong.password)}
          aria-invalid={wrong.password !== undefined}
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
      {trial.state === 'bad' && (
        <Problem>
          {t(trial.why, { host: server.host, port: server.port })}
          {trial.why === 'settings.failed.wrong-credentials' && wantsAppPassword(server.host) && (
            <> {t('settings.appPassword')}</>
          )}
        </Problem>
      )}
    </Fieldset>
  );
}
