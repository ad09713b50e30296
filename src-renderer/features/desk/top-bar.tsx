import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { CommandId } from '../../commands/command-list.ts';
import { useCommandHandlers } from '../../commands/command-handlers.ts';
import { Icon, type IconName } from '../../ui/icon.tsx';
import { Keys } from '../../ui/keys.tsx';
import { AgentMenu } from './agent-menu.tsx';

/** Finding, beginning something new, and whoever works here. */
export function TopBar() {
  const { t } = useTranslation();
  const run = useCommandHandlers(({ run }) => run);
  return (
    <header className="top-bar">
      <strong className="top-name">{t('app.name')}</strong>
      <button type="button" className="top-search" onClick={() => run('palette.open')}>
        <Icon name="search" size={15} />
        <span>{t('nav.search')}</span>
        <Keys keys="Ctrl+K" />
      </button>
      <span className="top-space" />
      <NewButton command="call.new" icon="phone" words={t('nav.newCall')} />
      <NewButton command="letter.new" icon="mail" words={t('nav.newLetter')} />
      <AgentMenu />
    </header>
  );
}

function NewButton({
  command,
  icon,
  words,
}: {
  readonly command: CommandId;
  readonly icon: IconName;
  readonly words: string;
}) {
  const run = useCommandHandlers((commands) => commands.run);
  const isPossible = useCommandHandlers(({ handlers }) => handlers.has(command));
  const { t } = useTranslation();
  return (
    <Button
      variant="default"
      className="top-new"
      leftSection={<Icon name={icon} />}
      title={command === 'call.new' ? t('commands.call.new') : t('commands.letter.new')}
      disabled={!isPossible}
      onClick={() => run(command)}
    >
      {words}
    </Button>
  );
}
