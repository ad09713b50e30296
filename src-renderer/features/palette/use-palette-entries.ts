import type { ParseKeys } from 'i18next';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { roleAllows } from '#shared/ticket/author.ts';
import { deskSections } from '../../cache/queue-listing.ts';
import { useCommandHandlers } from '../../commands/command-handlers.ts';
import { commandIds, commandOf, type CommandGroup, type CommandId } from '../../commands/command-list.ts';
import { languageNames, languages } from '../../language/languages.ts';
import { useDesk } from '../../state/desk-context.ts';
import { usePanels, type SettingsTab } from '../../state/panels.ts';
import { usePreferences } from '../../state/use-preferences.ts';
import type { IconName } from '../../ui/icon.tsx';
import { foldedWords } from './match-words.ts';
import type { PaletteEntry } from './palette-entry.ts';

const icons: Readonly<Record<CommandGroup, IconName>> = {
  go: 'right',
  queue: 'queue',
  ticket: 'tag',
  compose: 'edit',
  app: 'settings',
};

/** Those that stand as entries of their own, or that are only for hands on keys. */
function isLeftOut(id: CommandId): boolean {
  return id.startsWith('queue.section') || id === 'palette.open' || id === 'app.language';
}

/** Other words by which the look of the desk is sought. */
const alsoCalled: Partial<Readonly<Record<CommandId, readonly ParseKeys[]>>> & {
  readonly 'app.theme': readonly ParseKeys[];
  readonly 'app.contrast': readonly ParseKeys[];
} = {
  'app.theme': ['commands.app.theme', 'palette.alsoCalled.theme'],
  'app.contrast': ['commands.app.contrast', 'palette.alsoCalled.contrast'],
  'app.zoomIn': ['palette.alsoCalled.zoom', 'palette.alsoCalled.zoomIn'],
  'app.zoomOut': ['palette.alsoCalled.zoom', 'palette.alsoCalled.zoomOut'],
  'app.zoomReset': ['palette.alsoCalled.zoom'],
};

const ownTabs = ['preferences', 'senders'] as const satisfies readonly SettingsTab[];
const adminTabs = [
  'mailbox',
  'agents',
  'groups',
  'regulation',
  'calendar',
  'service',
] as const satisfies readonly SettingsTab[];

/**
 * Everything that the palette reaches besides tickets: what can be done now, and where one can go.
 *
 * The words by which entries are found are put together only once something is asked: the palette opens without them.
 */
export function usePaletteEntries(isAsked: boolean): readonly PaletteEntry[] {
  const { t, i18n } = useTranslation();
  const { bridge, articles, session } = useDesk();
  const { showSection, showSettings } = usePanels();
  const { handlers, run } = useCommandHandlers();
  const change = usePreferences((preferences) => preferences.change);

  return useMemo(() => {
    const fixed = languages.map((language) => i18n.getFixedT(language));
    /** The words of some keys in the desk's language and in all. */
    const wordsOf = (...keys: readonly ParseKeys[]): Pick<PaletteEntry, 'words' | 'otherWords'> =>
      isAsked
        ? {
            words: foldedWords(keys.map((key) => t(key)).join(' ')),
            otherWords: foldedWords(keys.flatMap((key) => fixed.map((say) => say(key))).join(' ')),
          }
        : { words: [], otherWords: [] };

    const done = commandIds
      .filter((id) => handlers.has(id) && !isLeftOut(id))
      .map((id): PaletteEntry => {
        const { group, keys } = commandOf(id);
        const key = `commands.${id}` as ParseKeys;
        return {
          id,
          group,
          icon: icons[group],
          label: t(key),
          ...(keys[0] === undefined ? {} : { keys: keys[0] }),
          words: wordsOf(key).words,
          otherWords: wordsOf(key, ...(alsoCalled[id] ?? [])).otherWords,
          run: () => run(id),
        };
      });
    const sections = deskSections.map((section, place): PaletteEntry => {
      const key = `queue.section.${section}` as const;
      return {
        id: `section ${section}`,
        group: 'section',
        icon: 'queue',
        label: t(key),
        ...(place < 9 ? { keys: `Alt+${place + 1}` } : {}),
        ...wordsOf(key, 'nav.queue'),
        run: () => showSection(section),
      };
    });
    const tabs = [...ownTabs, ...(roleAllows(session.agent.role, 'admin') ? adminTabs : [])].map(
      (tab): PaletteEntry => ({
        id: `settings ${tab}`,
        group: 'go',
        icon: 'settings',
        label: t(`settings.tab.${tab}`),
        about: t('nav.settings'),
        ...wordsOf(`settings.tab.${tab}`, 'nav.settings'),
        run: () => showSettings(tab),
      }),
    );
    const looks = [
      ...languages.map((language): PaletteEntry => ({
        id: `language ${language}`,
        group: 'app',
        icon: 'settings',
        label: languageNames[language],
        about: t('app.language'),
        words: foldedWords(`${languageNames[language]} ${t('commands.app.language')}`),
        otherWords: [
          ...foldedWords(languageNames[language]),
          ...wordsOf('app.language', 'commands.app.language', 'palette.alsoCalled.language').otherWords,
        ],
        run: () => void change({ language }),
      })),
      ...(['auto', 'light', 'dark'] as const).map((colorScheme): PaletteEntry => ({
        id: `theme ${colorScheme}`,
        group: 'app',
        icon: 'settings',
        label: t(`preferences.colorSchemeOf.${colorScheme}`),
        about: t('preferences.colorScheme'),
        ...wordsOf(
          `preferences.colorSchemeOf.${colorScheme}`,
          'preferences.colorScheme',
          ...alsoCalled['app.theme'],
        ),
        run: () => void change({ colorScheme }),
      })),
      ...(['auto', 'normal', 'high'] as const).map((contrast): PaletteEntry => ({
        id: `contrast ${contrast}`,
        group: 'app',
        icon: 'settings',
        label: t(`preferences.contrastOf.${contrast}`),
        about: t('preferences.contrast'),
        ...wordsOf(
          `preferences.contrastOf.${contrast}`,
          'preferences.contrast',
          ...alsoCalled['app.contrast'],
        ),
        run: () => void change({ contrast }),
      })),
    ];
    const pages = articles.map((article): PaletteEntry => ({
      id: `article ${article.id}`,
      group: 'articles',
      icon: 'article',
      label: article.title,
      words: foldedWords(article.title),
      otherWords: foldedWords(article.keywords.join(' ')),
      run: () => void bridge.call('app.openExternal', { url: article.url }),
    }));
    return [...done, ...sections, ...tabs, ...looks, ...pages];
  }, [isAsked, t, i18n, handlers, run, articles, session, bridge, change, showSection, showSettings]);
}
