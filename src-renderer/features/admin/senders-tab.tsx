import { Button, Table, TextInput } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { displayAddress, normaliseAddress } from '#shared/mail/addresses.ts';
import type { BlockedSender } from '#shared/protocol/blocked-sender.ts';
import { formatMoment } from '#shared/text/format-moment.ts';
import { roleAllows } from '#shared/ticket/author.ts';
import { errorKey } from '../../language/problem-key.ts';
import { useDesk } from '../../state/desk-context.ts';
import { newBlockedSenderId } from '../../state/new-id.ts';
import { usePanels } from '../../state/panels.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import { showErrors } from '../../ui/show-errors.ts';

/** Senders whose letters open no requests; senior agents let them write again. */
export function SendersTab() {
  const { t } = useTranslation();
  const { agents, blockedSenders, bridge, session } = useDesk();
  const tell = usePanels((panels) => panels.tell);
  const [leaving, setLeaving] = useState<BlockedSender | null>(null);
  const mayUnblock = roleAllows(session.agent.role, 'senior');
  const sorted = blockedSenders.toSorted((a, b) => b.blockedAt - a.blockedAt);
  const unblock = async ({ id }: BlockedSender) => {
    const done = await bridge.call('senders.unblock', { id });
    tell(
      done.ok
        ? { tone: 'success', key: 'senders.unblocked' }
        : { tone: 'problem', key: errorKey(done.error) },
    );
  };
  return (
    <>
      <PageTitle>{t('senders.title')}</PageTitle>
      <p className="quiet settings-about">{t('senders.about')}</p>
      <BlockForm />
      {sorted.length === 0 ? (
        <p className="quiet">{t('senders.empty')}</p>
      ) : (
        <Table aria-label={t('senders.title')} className="senders-table">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('senders.address')}</Table.Th>
              <Table.Th>{t('senders.reason')}</Table.Th>
              <Table.Th>{t('senders.by')}</Table.Th>
              {mayUnblock && <Table.Th>{t('users.actions')}</Table.Th>}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {sorted.map((sender) => (
              <Table.Tr key={sender.id}>
                <Table.Td>{displayAddress(sender.address)}</Table.Td>
                <Table.Td>{sender.reason}</Table.Td>
                <Table.Td>
                  {agents.get(sender.agentId)?.name ?? t('ticket.colleague')}
                  <div className="quiet">{formatMoment(sender.blockedAt)}</div>
                </Table.Td>
                {mayUnblock && (
                  <Table.Td>
                    <Button
                      size="compact-xs"
                      variant="default"
                      aria-label={t('senders.unblockOf', { address: displayAddress(sender.address) })}
                      onClick={() => setLeaving(sender)}
                    >
                      {t('senders.unblock')}
                    </Button>
                  </Table.Td>
                )}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      <ConfirmDialog
        opened={leaving !== null}
        title={t('senders.unblockTitle')}
        question={t('senders.unblockAsk', { address: displayAddress(leaving?.address ?? '') })}
        confirm={t('senders.unblock')}
        onConfirm={() => {
          if (leaving !== null) void unblock(leaving);
        }}
        onClose={() => setLeaving(null)}
      />
    </>
  );
}

type AddressProblem = 'senders.wrong.address' | 'senders.wrong.blocked' | 'senders.wrong.own';

/** Blocks one by address. */
function BlockForm() {
  const { t } = useTranslation();
  const { blockedSenders, bridge, session } = useDesk();
  const tell = usePanels((panels) => panels.tell);
  const form = useRef<HTMLFormElement>(null);
  const [address, setAddress] = useState('');
  const [reason, setReason] = useState('');
  const [wrong, setWrong] = useState<{ address?: AddressProblem; reason?: 'senders.wrong.reason' }>({});
  const [busy, setBusy] = useState(false);
  const block = async () => {
    const normal = normaliseAddress(address);
    const problem: AddressProblem | null = !/^[^\s@]+@[^\s@]+$/u.test(normal)
      ? 'senders.wrong.address'
      : normal === session.mailboxAddress
        ? 'senders.wrong.own'
        : blockedSenders.some((sender) => sender.address === normal)
          ? 'senders.wrong.blocked'
          : null;
    const noReason = reason.trim() === '';
    showErrors(form.current, () =>
      setWrong({
        ...(problem === null ? {} : { address: problem }),
        ...(noReason ? { reason: 'senders.wrong.reason' } : {}),
      }),
    );
    if (problem !== null || noReason) return;
    setBusy(true);
    const done = await bridge.call('senders.block', {
      id: newBlockedSenderId(),
      sender: { address: normal, reason: reason.trim() },
    });
    setBusy(false);
    if (!done.ok) return tell({ tone: 'problem', key: errorKey(done.error) });
    setAddress('');
    setReason('');
    return tell({ tone: 'success', key: 'senders.blocked' });
  };
  return (
    <form
      ref={form}
      noValidate
      className="form-row form-row-top"
      aria-label={t('senders.add')}
      onSubmit={(event) => {
        event.preventDefault();
        void block();
      }}
    >
      <TextInput
        label={t('senders.address')}
        value={address}
        error={wrong.address !== undefined && t(wrong.address)}
        maxLength={320}
        className="grow"
        onChange={(event) => setAddress(event.currentTarget.value)}
      />
      <TextInput
        label={t('senders.reason')}
        value={reason}
        error={wrong.reason !== undefined && t(wrong.reason)}
        maxLength={500}
        className="grow"
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <Button type="submit" loading={busy} className="beside-label">
        {t('senders.add')}
      </Button>
    </form>
  );
}
