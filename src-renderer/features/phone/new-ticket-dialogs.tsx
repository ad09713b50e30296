import { Modal } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { roleAllows } from '#shared/ticket/author.ts';
import { useCommand } from '../../commands/use-command.ts';
import { useDesk } from '../../state/desk-context.ts';
import { CallForm } from './call-form.tsx';
import { NewLetterForm } from './new-letter-form.tsx';
import { WorkForm } from './work-form.tsx';

const titles = {
  call: 'phone.title',
  letter: 'phone.letter.title',
  work: 'phone.work.title',
} as const;

/**
 * The ways in which an agent begins a ticket: writing down a call, writing first, and work without a client. Stands
 * once on the desk.
 *
 * A call can be asked for in the tray as well.
 */
export function NewTicketDialogs() {
  const { t } = useTranslation();
  const { bridge, session } = useDesk();
  const [dialog, setDialog] = useState<keyof typeof titles | null>(null);
  const [givesBack, setGivesBack] = useState(true);
  const mayWork = roleAllows(session.agent.role, 'agent');
  useCommand('call.new', mayWork ? () => setDialog('call') : null);
  useCommand('letter.new', mayWork ? () => setDialog('letter') : null);
  useCommand('work.new', mayWork ? () => setDialog('work') : null);
  useEffect(
    () =>
      bridge.on('call.wanted', () => {
        // What is being written down stays: the tray only brings it to the front.
        if (mayWork) setDialog((open) => open ?? 'call');
      }),
    [bridge, mayWork],
  );
  const close = () => {
    setGivesBack(true);
    setDialog(null);
  };
  // The ticket that opens takes the keyboard; it must not be given back to what had it before.
  const leaveForTicket = () => {
    setGivesBack(false);
    setDialog(null);
  };
  return (
    <Modal
      opened={dialog !== null}
      onClose={close}
      returnFocus={givesBack}
      // A press beside the dialog, or on the wrong key, must not lose what is just being written down.
      closeOnClickOutside={false}
      closeOnEscape={dialog === 'letter'}
      size={dialog === 'call' ? 'xl' : 'md'}
      title={dialog === null ? '' : t(titles[dialog])}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      {dialog === 'call' && <CallForm onClose={close} onLeave={leaveForTicket} />}
      {dialog === 'letter' && <NewLetterForm onClose={close} />}
      {dialog === 'work' && <WorkForm onClose={close} onLeave={leaveForTicket} />}
    </Modal>
  );
}
