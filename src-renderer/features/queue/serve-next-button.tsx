import { Button, Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { roleAllows } from '#shared/ticket/author.ts';
import { useCommandHandlers } from '../../commands/command-handlers.ts';
import { KeyHint, keysOf } from '../../commands/key-hint.tsx';
import { useDesk } from '../../state/desk-context.ts';

const command = 'queue.serveNext';

/** Takes the ticket whose turn it is, as its key does; says why not where nobody waits. */
export function ServeNextButton({
  hasNext,
}: {
  /** Null until known. */
  readonly hasNext: boolean | null;
}) {
  const { t } = useTranslation();
  const { session } = useDesk();
  if (!roleAllows(session.agent.role, 'agent')) return null;
  const words = t('queue.serveNext');
  if (hasNext === false) {
    const why = t('queue.noNext');
    // Not `disabled`, which would keep keyboard and pointer from the reason.
    return (
      <Tooltip label={why} events={{ hover: true, focus: true, touch: true }}>
        <Button
          size="compact-xs"
          variant="default"
          data-disabled
          aria-disabled
          aria-label={words}
          aria-description={why}
          onClick={(event) => event.preventDefault()}
        >
          {t('queue.serveNextShort')}
        </Button>
      </Tooltip>
    );
  }
  return (
    <KeyHint command={command} words={t('commands.queue.serveNext')}>
      <Button
        size="compact-xs"
        variant="light"
        aria-label={words}
        aria-keyshortcuts={keysOf(command) ?? undefined}
        onClick={() => useCommandHandlers.getState().run(command)}
      >
        {t('queue.serveNextShort')}
      </Button>
    </KeyHint>
  );
}
