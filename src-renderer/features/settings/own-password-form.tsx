import { Button, Group, PasswordInput } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorKey, type ErrorKey } from '../../language/problem-key.ts';
import { useDesk } from '../../state/desk-context.ts';
import { usePanels } from '../../state/panels.ts';
import { Problem } from '../../ui/problem.tsx';
import { showErrors } from '../../ui/show-errors.ts';
import { useFirstField } from '../../ui/use-first-field.ts';
import { passwordProblems, type PasswordProblems } from './password-problems.ts';

/** Changes the password of whoever is logged in. */
export function OwnPasswordForm({
  current,
  onDone,
  onCancel,
}: {
  /** The password that was just typed at the log-in; null: it is asked for. */
  readonly current: string | null;
  readonly onDone: () => void;
  readonly onCancel: (() => void) | null;
}) {
  const { t } = useTranslation();
  const { bridge, session } = useDesk();
  const tell = usePanels((panels) => panels.tell);
  const form = useRef<HTMLFormElement>(null);
  const [typed, setTyped] = useState({ current: current ?? '', next: '', again: '' });
  const [wrong, setWrong] = useState<PasswordProblems>({});
  const [problem, setProblem] = useState<ErrorKey | null>(null);
  const [busy, setBusy] = useState(false);
  useFirstField(form);

  const save = async () => {
    const found = passwordProblems(typed);
    setProblem(null);
    showErrors(form.current, () => setWrong(found));
    if (Object.keys(found).length > 0) return undefined;
    setBusy(true);
    const changed = await bridge.call('agents.change', {
      id: session.agent.id,
      change: { password: typed.next, currentPassword: typed.current },
    });
    setBusy(false);
    if (!changed.ok && changed.error.kind === 'forbidden') {
      return showErrors(form.current, () => setWrong({ current: 'users.wrong.current' }));
    }
    if (!changed.ok) return setProblem(errorKey(changed.error));
    tell({ tone: 'success', key: 'users.ownPasswordChanged' });
    return onDone();
  };
  const field = (name: keyof typeof typed, label: string, complete: 'current-password' | 'new-password') => (
    <PasswordInput
      label={label}
      value={typed[name]}
      error={wrong[name] !== undefined && t(wrong[name])}
      aria-invalid={wrong[name] !== undefined}
      maxLength={256}
      autoComplete={complete}
      visibilityToggleButtonProps={{ 'aria-label': t('login.showPassword') }}
      {...(name === 'next' ? { description: t('users.passwordHint') } : {})}
      onChange={(event) => setTyped({ ...typed, [name]: event.currentTarget.value })}
    />
  );

  return (
    <form
      ref={form}
      noValidate
      className="form narrow-form"
      aria-label={t('users.ownPassword')}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      {current === null && field('current', t('users.currentPassword'), 'current-password')}
      {field('next', t('users.newPassword'), 'new-password')}
      {field('again', t('users.newPasswordAgain'), 'new-password')}
      {problem !== null && <Problem>{t(problem)}</Problem>}
      <Group gap="xs">
        <Button type="submit" loading={busy}>
          {t('users.ownPasswordChange')}
        </Button>
        {onCancel !== null && (
          <Button variant="default" onClick={onCancel}>
            {t('app.cancel')}
          </Button>
        )}
      </Group>
    </form>
  );
}
