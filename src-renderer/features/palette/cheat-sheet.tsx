import { Button, Modal, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { commandGroups, commandIds, commandOf } from '../../commands/command-list.ts';
import { useCommand } from '../../commands/use-command.ts';
import { useCommandWords } from '../../commands/use-command-words.ts';
import { Icon } from '../../ui/icon.tsx';
import { Keys } from '../../ui/keys.tsx';
import { foldedWords, parseQuery, scoreWords } from './match-words.ts';
import { usePaletteState } from './palette-state.ts';

/** All keys of the desk by part, to read, to search and to print. */
export function CheatSheet() {
  const { t } = useTranslation();
  const { shown, show, hide } = usePaletteState();
  useCommand('keys.show', () => show('keys'));
  return (
    <Modal
      opened={shown === 'keys'}
      onClose={hide}
      size={960}
      title={t('palette.keys.title')}
      closeButtonProps={{ 'aria-label': t('app.close') }}
      classNames={{ inner: 'cheat-sheet-place', content: 'cheat-sheet' }}
    >
      <CheatSheetContent />
    </Modal>
  );
}

function CheatSheetContent() {
  const { t } = useTranslation();
  const commandWords = useCommandWords();
  const [text, setText] = useState('');
  const query = parseQuery(text);
  const lines = commandIds
    .map((id) => ({ id, ...commandOf(id), words: commandWords(id) }))
    .filter(({ keys }) => keys.length > 0)
    .filter(
      ({ keys, words }) =>
        query.length === 0 ||
        scoreWords(query, foldedWords(words)) > 0 ||
        keys.some((each) => each.toLowerCase() === text.trim().toLowerCase()),
    );
  return (
    <>
      <div className="cheat-sheet-head">
        <TextInput
          data-autofocus
          className="grow"
          aria-label={t('palette.keys.find')}
          placeholder={t('palette.keys.find')}
          leftSection={<Icon name="search" size={14} />}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Button variant="default" onClick={() => window.print()}>
          {t('palette.keys.print')}
        </Button>
      </div>
      <p className="quiet">{t('palette.keys.about')}</p>
      {lines.length === 0 && <p className="quiet">{t('palette.none')}</p>}
      <div className="cheat-sheet-groups">
        {commandGroups.map((group) => {
          const own = lines.filter((line) => line.group === group);
          if (own.length === 0) return null;
          return (
            <section key={group} className="cheat-sheet-group" aria-label={t(`commands.groups.${group}`)}>
              <h3>{t(`commands.groups.${group}`)}</h3>
              <dl>
                {own.map(({ id, keys, words }) => (
                  <div key={id} className="cheat-sheet-line">
                    <dt>{words}</dt>
                    <dd>
                      <span className="unseen">{keys.join(', ')}</span>
                      {keys.map((each) => (
                        <Keys key={each} keys={each} />
                      ))}
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          );
        })}
      </div>
    </>
  );
}
