import { errorKey } from '../../language/problem-key.ts';
import { useDesk } from '../../state/desk-context.ts';
import { newBlockedSenderId } from '../../state/new-id.ts';
import { usePanels } from '../../state/panels.ts';

/** Keeps an address from opening tickets, on all desks; needs the API, and tells when it is not there. */
export function useBlockSender(): (address: string, reason: string) => Promise<void> {
  const { bridge } = useDesk();
  const tell = usePanels((panels) => panels.tell);
  return async (address, reason) => {
    const sender = { address, reason: reason.slice(0, 500) };
    const blocked = await bridge.call('senders.block', { id: newBlockedSenderId(), sender });
    if (!blocked.ok) {
      tell({
        tone: 'problem',
        key: 'closing.notARequest.notBlocked',
        words: { why: errorKey(blocked.error) },
      });
    }
  };
}
