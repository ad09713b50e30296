import { Modal, TextInput } from '@mantine/core';
import { useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../commands/use-command.ts';
import { Icon } from '../../ui/icon.tsx';
import { Keys } from '../../ui/keys.tsx';
import { parseQuery } from './match-words.ts';
import type { PaletteEntry } from './palette-entry.ts';
import { usePaletteState } from './palette-state.ts';
import { firstEntries, rankEntries } from './rank-entries.ts';
import { useAgentEntries } from './use-agent-entries.ts';
import { useFoundTickets } from './use-found-tickets.ts';
import { usePaletteEntries } from './use-palette-entries.ts';

/** Finds whatever can be done or looked at, by a few letters in any of the languages and layouts. */
export function Palette() {
  const { t } = useTranslation();
  const { shown, show, hide } = usePaletteState();
  const before = useRef<Element | null>(null);
  const opened = shown === 'palette';
  useCommand('palette.open', () => {
    before.current = document.activeElement;
    show('palette');
  });

  /** Puts the keyboard back where it was, before what was chosen is done: it may take it further. */
  const leave = (chosen: PaletteEntry | null) => {
    flushSync(hide);
    if (before.current instanceof HTMLElement && before.current.isConnected) before.current.focus();
    chosen?.run();
  };
  return (
    <Modal
      opened={opened}
      onClose={() => leave(null)}
      withCloseButton={false}
      returnFocus={false}
      size={620}
      padding={0}
      yOffset={70}
      attributes={{ content: { 'aria-label': t('nav.commands') } }}
      classNames={{ body: 'palette' }}
    >
      {opened && <PaletteContent onChoose={leave} />}
    </Modal>
  );
}

/** More lines than are to be seen at first. */
const seenAtFirst = 14;

function PaletteContent({ onChoose }: { readonly onChoose: (chosen: PaletteEntry) => void }) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const [place, setPlace] = useState(0);
  const entries = usePaletteEntries(text.trim() !== '');
  const found = useFoundTickets(text);
  const people = useAgentEntries(text.trim() !== '');
  const groups = useMemo(
    () => rankEntries(parseQuery(text), [...entries, ...people], found),
    [text, entries, people, found],
  );
  const flat = groups.flatMap((group) => group.entries);
  // What lies further down is drawn once the palette is on screen.
  const isOnScreen = useDeferredValue(true, false);
  const shown = isOnScreen ? groups : firstEntries(groups, seenAtFirst);
  const current = Math.min(place, Math.max(0, flat.length - 1));
  const optionId = (entry: PaletteEntry | undefined) =>
    entry === undefined ? undefined : `palette-${entry.id.replaceAll(/\W/gu, '-')}`;

  return (
    <>
      <TextInput
        data-autofocus
        role="combobox"
        aria-expanded="true"
        aria-controls="palette-list"
        aria-activedescendant={optionId(flat[current])}
        aria-label={t('commands.palette.open')}
        placeholder={t('commands.palette.open')}
        size="md"
        variant="unstyled"
        className="palette-search"
        leftSection={<Icon name="search" />}
        value={text}
        maxLength={200}
        spellCheck={false}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setPlace(0);
        }}
        onKeyDown={(event) => {
          const moves: Readonly<Record<string, number>> = {
            ArrowDown: current === flat.length - 1 ? 0 : current + 1,
            ArrowUp: current === 0 ? flat.length - 1 : current - 1,
            PageDown: Math.min(flat.length - 1, current + 8),
            PageUp: Math.max(0, current - 8),
          };
          const chosen = flat[current];
          const moved = moves[event.key];
          if (moved !== undefined) setPlace(moved);
          else if (event.key === 'Enter' && chosen !== undefined) onChoose(chosen);
          else return;
          event.preventDefault();
          event.stopPropagation();
        }}
      />
      <div id="palette-list" className="palette-list" role="listbox" aria-label={t('nav.commands')}>
        {shown.map(({ group, entries: own }) => (
          <div key={group} role="group" aria-label={t(`palette.group.${group}`)}>
            <div className="palette-group" aria-hidden="true">
              {t(`palette.group.${group}`)}
            </div>
            {own.map((entry) => (
              <PaletteLine
                key={entry.id}
                id={optionId(entry)}
                entry={entry}
                chosen={entry === flat[current]}
                onChoose={onChoose}
              />
            ))}
          </div>
        ))}
      </div>
      <output className="unseen">{t('palette.count', { count: flat.length })}</output>
      {flat.length === 0 && <p className="palette-none">{t('palette.none')}</p>}
      <p className="palette-hint">
        <Keys keys="↑ ↓" /> {t('palette.move')} <Keys keys="Enter" /> {t('palette.choose')}{' '}
        <Keys keys="Escape" /> {t('palette.leave')}
      </p>
    </>
  );
}

function PaletteLine({
  id,
  entry,
  chosen,
  onChoose,
}: {
  readonly id: string | undefined;
  readonly entry: PaletteEntry;
  readonly chosen: boolean;
  readonly onChoose: (chosen: PaletteEntry) => void;
}) {
  const line = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (chosen) line.current?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  return (
    <button
      ref={line}
      id={id}
      type="button"
      role="option"
      tabIndex={-1}
      className="palette-entry"
      aria-selected={chosen}
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => onChoose(entry)}
    >
      <Icon name={entry.icon} />
      <span className="palette-label">{entry.label}</span>
      {entry.about !== undefined && <span className="palette-about">{entry.about}</span>}
      {entry.keys !== undefined && <Keys keys={entry.keys} />}
    </button>
  );
}
