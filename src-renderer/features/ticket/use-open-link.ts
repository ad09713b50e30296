import { useDesk } from '../../state/desk-context.ts';
import { usePanels } from '../../state/panels.ts';

/** Opens a link outside the desk; one that is not allowed is refused with a word. */
export function useOpenLink(): (url: string) => void {
  const { bridge } = useDesk();
  const tell = usePanels((panels) => panels.tell);
  return (url) => {
    void bridge.call('app.openExternal', { url }).then((opened) => {
      if (!opened.ok) tell({ tone: 'problem', key: 'letter.linkRefused' });
    });
  };
}
