import { Button, Group, TagsInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MailboxRecord } from '#shared/protocol/mailbox-record.ts';
import { errorKey, type ErrorKey } from '../../language/problem-key.ts';
import { useDesk } from '../../state/desk-context.ts';
import { usePanels } from '../../state/panels.ts';
import { Problem } from '../../ui/problem.tsx';
import { CertificateField } from './certificate-field.tsx';
import { draftOfRecord, recordOfDraft, type MailboxDraft, type MailboxProblem } from './mailbox-draft.ts';
import { ServerFields } from './server-fields.tsx';

/** The mailbox of the service, one record for all desks. */
export function MailboxForm({
  record,
  onSaved,
}: {
  readonly record: MailboxRecord | null;
  readonly onSaved: (record: MailboxRecord | null) => void;
}) {
  const { t } = useTranslation();
  const { bridge, now } = useDesk();
  const tell = usePanels((panels) => panels.tell);
  const [draft, setDraft] = useState<MailboxDraft>(() => draftOfRecord(record, now));
  const [wrong, setWrong] = useState<MailboxProblem | null>(null);
  const [problem, setProblem] = useState<ErrorKey | `settings.wrong.${MailboxProblem}` | null>(null);
  const [busy, setBusy] = useState(false);
  const change = (changed: Partial<MailboxDraft>) => setDraft({ ...draft, ...changed });

  const save = async () => {
    setProblem(null);
    const complete = recordOfDraft(draft);
    setWrong(typeof complete === 'string' ? complete : null);
    if (typeof complete === 'string') return setProblem(`settings.wrong.${complete}`);
    setBusy(true);
    const kept = await bridge.call('mailbox.put', complete);
    setBusy(false);
    if (!kept.ok) return setProblem(errorKey(kept.error));
    tell({ tone: 'success', key: 'settings.saved' });
    return onSaved(kept.value.mailbox);
  };

  return (
    <form
      className="form"
      aria-label={t('settings.mailbox')}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <div className="form-row">
        <TextInput
          label={t('settings.address')}
          value={draft.address}
          maxLength={320}
          className="grow"
          aria-invalid={wrong === 'address'}
          onChange={(event) => change({ address: event.currentTarget.value })}
        />
        <TextInput
          label={t('settings.displayName')}
          value={draft.displayName}
          maxLength={200}
          className="grow"
          onChange={(event) => change({ displayName: event.currentTarget.value })}
        />
      </div>
      <TagsInput
        label={t('settings.ownAddresses')}
        description={t('settings.ownAddressesHint')}
        value={[...draft.ownAddresses]}
        maxTags={100}
        onChange={(ownAddresses) => change({ ownAddresses })}
      />
      <ServerFields
        protocol="imap"
        server={draft.imap}
        keepsPassword={draft.revision > 0}
        certificateAuthority={draft.certificateAuthority}
        onChange={(imap) => change({ imap })}
      />
      <ServerFields
        protocol="smtp"
        server={draft.smtp}
        keepsPassword={draft.revision > 0}
        certificateAuthority={draft.certificateAuthority}
        onChange={(smtp) => change({ smtp })}
      />
      <CertificateField
        value={draft.certificateAuthority}
        onChange={(certificateAuthority) => change({ certificateAuthority })}
      />
      <div className="form-row">
        <TextInput
          label={t('settings.ticketsFrom')}
          description={t('settings.ticketsFromHint')}
          value={draft.ticketsFrom}
          className="grow"
          aria-invalid={wrong === 'ticketsFrom'}
          onChange={(event) => change({ ticketsFrom: event.currentTarget.value })}
        />
        <TextInput
          label={t('settings.sentFolder')}
          description={t('settings.sentFolderHint')}
          value={draft.sentFolder}
          maxLength={500}
          className="grow"
          onChange={(event) => change({ sentFolder: event.currentTarget.value })}
        />
      </div>
      {problem !== null && <Problem>{t(problem)}</Problem>}
      <Group>
        <Button type="submit" loading={busy}>
          {t('app.save')}
        </Button>
      </Group>
    </form>
  );
}
