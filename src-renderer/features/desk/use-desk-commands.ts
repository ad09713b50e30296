import { flushSync } from 'react-dom';
import { roleAllows } from '#shared/ticket/author.ts';
import { useCommandHandlers } from '../../commands/command-handlers.ts';
import { useCommand } from '../../commands/use-command.ts';
import { languages } from '../../language/languages.ts';
import { useDesk } from '../../state/desk-context.ts';
import { usePanels } from '../../state/panels.ts';
import { useStanding } from '../../state/standing.ts';
import { usePreferences } from '../../state/use-preferences.ts';
import { dressOf, stepZoom } from '../../ui/dress.ts';
import { useServeNext } from '../ticket/use-serve-next.ts';

/** What the commands do that belong to no feature: pages, the look, the way out. */
export function useDeskCommands(): void {
  const { bridge, session } = useDesk();
  const page = usePanels((panels) => panels.page);
  const showPage = usePanels((panels) => panels.showPage);
  const { value, change } = usePreferences();
  const serveNext = useServeNext();
  const mayWork = roleAllows(session.agent.role, 'agent');
  const isAway = useStanding(({ status }) =>
    [status?.mailbox, status?.api].some((connection) => connection?.state === 'waiting'),
  );

  useCommand('go.queue', () => showPage('queue'));
  useCommand('go.outbox', () => showPage('outbox'));
  useCommand('go.articles', () => showPage('articles'));
  useCommand('go.templates', () => showPage('templates'));
  useCommand('go.settings', () => showPage('settings'));
  useCommand('queue.serveNext', mayWork ? () => void serveNext() : null);
  // The queue knows how to search itself, once it is on screen.
  useCommand(
    'queue.search',
    page === 'queue'
      ? null
      : () => {
          flushSync(() => showPage('queue'));
          useCommandHandlers.getState().run('queue.search');
        },
  );

  useCommand('app.language', () => {
    const next = languages[(languages.indexOf(value.language) + 1) % languages.length];
    if (next !== undefined) void change({ language: next });
  });
  useCommand('app.theme', () => {
    void change({ colorScheme: dressOf(value, window).scheme === 'dark' ? 'light' : 'dark' });
  });
  useCommand('app.contrast', () => {
    void change({ contrast: dressOf(value, window).contrast === 'high' ? 'normal' : 'high' });
  });
  useCommand('app.zoomIn', () => void change({ zoom: stepZoom(value.zoom, 1) }));
  useCommand('app.zoomOut', () => void change({ zoom: stepZoom(value.zoom, -1) }));
  useCommand('app.zoomReset', () => void change({ zoom: 1 }));
  useCommand('app.retry', isAway ? () => void bridge.call('status.retryNow', {}) : null);
}
