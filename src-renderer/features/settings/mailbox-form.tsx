import { Button, TagsInput, TextInput } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MailboxRecord } from '#shared/protocol/mailbox-record.ts';
import { errorKey, type ErrorKey } from '../../language/problem-key.ts';
import { useDesk } from '../../state/desk-context.ts';
import { Problem, Warning } from '../../ui/problem.tsx';
import { showErrors } from '../../ui/show-errors.ts';
import { CertificateField } from './certificate-field.tsx';
import { presetOfAddress } from './mail-presets.ts';
import {
  draftOfRecord,
  recordOfDraft,
  withAddressFilled,
  type MailboxDraft,
  type MailboxProblems,
} from './mailbox-draft.ts';
import { ServerFields } from './server-fields.tsx';

/** The mailbox of the service, one record for all desks. */
export function MailboxForm({
  record,
  save,
  onSaved,
}: {
  readonly record: MailboxRecord | null;
  /** What the button says. */
  readonly save: string;
  readonly onSaved: (record: MailboxRecord | null) => void;
}) {
  const { t } = useTranslation();
  const { bridge, now } = useDesk();
  const form = useRef<HTMLFormElement>(null);
  /** What the API had when it was last asked. */
  const [stored, setStored] = useState(record);
  const [draft, setDraft] = useState<MailboxDraft>(() => draftOfRecord(record, now));
  const [wrong, setWrong] = useState<MailboxProblems>({});
  const [problem, setProblem] = useState<ErrorKey | null>(null);
  const [conflict, setConflict] = useState(false);
  const [busy, setBusy] = useState(false);
  const change = (changed: Partial<MailboxDraft>) => setDraft({ ...draft, ...changed });
  const preset = presetOfAddress(draft.address);

  /** Somebody else was faster: theirs is read, and what was typed stays. */
  const meetConflict = async () => {
    const got = await bridge.call('mailbox.get', {});
    if (!got.ok) return setProblem(errorKey(got.error));
    setStored(got.value.mailbox);
    setDraft({ ...draft, revision: got.value.mailbox?.revision ?? 0 });
    return setConflict(true);
  };
  const keep = async () => {
    setProblem(null);
    setConflict(false);
    const complete = recordOfDraft(draft, stored);
    showErrors(form.current, () => setWrong(complete.ok ? {} : complete.error));
    if (!complete.ok) return;
    setBusy(true);
    const kept = await bridge.call('mailbox.put', complete.value);
    if (kept.ok) onSaved(kept.value.mailbox);
    else if (kept.error.kind === 'conflict') await meetConflict();
    else setProblem(errorKey(kept.error));
    setBusy(false);
  };

  return (
    <form
      ref={form}
      noValidate
      className="form"
      aria-label={t('settings.mailbox')}
      onSubmit={(event) => {
        event.preventDefault();
        void keep();
      }}
    >
      <div className="form-row form-row-top">
        <TextInput
          label={t('settings.address')}
          description={t('settings.addressHint')}
          value={draft.address}
          error={wrong.address !== undefined && t(wrong.address)}
          maxLength={320}
          className="grow"
          onChange={(event) => change({ address: event.currentTarget.value })}
          onBlur={() => setDraft(withAddressFilled(draft))}
        />
        <TextInput
          label={t('settings.displayName')}
          description={t('settings.displayNameHint')}
          value={draft.displayName}
          maxLength={200}
          className="grow"
          onChange={(event) => change({ displayName: event.currentTarget.value })}
        />
      </div>
      {preset !== null && <p className="settings-note">{t('settings.preset', { name: preset.name })}</p>}
      {(['imap', 'smtp'] as const).map((protocol) => (
        <ServerFields
          key={protocol}
          protocol={protocol}
          server={draft[protocol]}
          stored={stored?.[protocol]}
          wrong={wrong[protocol] ?? {}}
          certificateAuthority={draft.certificateAuthority}
          onChange={(server) => change({ [protocol]: server })}
        />
      ))}
      <TextInput
        label={t('settings.ticketsFrom')}
        description={t('settings.ticketsFromHint')}
        value={draft.ticketsFrom}
        error={wrong.ticketsFrom !== undefined && t(wrong.ticketsFrom)}
        onChange={(event) => change({ ticketsFrom: event.currentTarget.value })}
      />
      <details className="settings-more">
        <summary>{t('settings.more')}</summary>
        <div className="form">
          <CertificateField
            value={draft.certificateAuthority}
            onChange={(certificateAuthority) => change({ certificateAuthority })}
          />
          <TagsInput
            label={t('settings.ownAddresses')}
            description={t('settings.ownAddressesHint')}
            value={[...draft.ownAddresses]}
            maxTags={100}
            onChange={(ownAddresses) => change({ ownAddresses })}
          />
          <TextInput
            label={t('settings.sentFolder')}
            description={t('settings.sentFolderHint')}
            value={draft.sentFolder}
            maxLength={500}
            onChange={(event) => change({ sentFolder: event.currentTarget.value })}
          />
        </div>
      </details>
      {conflict && (
        <Warning>
          {t('settings.conflict')}{' '}
          <button
            type="button"
            className="text-button"
            onClick={() => {
              setDraft(draftOfRecord(stored, now));
              setConflict(false);
            }}
          >
            {t('app.takeTheirs')}
          </button>
        </Warning>
      )}
      {problem !== null && <Problem>{t(problem)}</Problem>}
      <div>
        <Button type="submit" loading={busy}>
          {save}
        </Button>
      </div>
    </form>
  );
}
