import type { Editor } from '@tiptap/core';
import { useEffect, useEffectEvent, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Template } from '#shared/protocol/template.ts';
import type { Language } from '#shared/text/language.ts';
import { useDesk } from '../../state/desk-context.ts';
import { readableUrl } from '../ticket/readable-url.ts';
import { findArticles } from './find-articles.ts';
import { findSnippets } from './find-templates.ts';
import { insertArticle } from './insert-content.ts';
import { useSuggesting, type Suggesting } from './suggesting.ts';

const limit = 8;
const listHeight = 260;
const listId = 'suggestions';

interface Suggested {
  readonly id: string;
  readonly title: string;
  readonly about: string;
  readonly take: () => void;
}

/** The list under the cursor after `::` or `??`; arrows choose, Enter or Tab inserts, Escape goes on writing. */
export function SuggestionList({
  editor,
  language,
  onSnippet,
}: {
  readonly editor: Editor;
  /** Of the letter: its snippets come first. */
  readonly language: Language;
  readonly onSnippet: (template: Template, range: Suggesting['range']) => void;
}) {
  const { t } = useTranslation();
  const open = useSuggesting((state) => state.open);
  const found = useSuggested(editor, language, open, onSnippet);
  const [chosen, setChosen] = useState({ query: '', index: 0 });
  const query = open === null ? '' : `${open.kind} ${open.query}`;
  const index = chosen.query === query ? Math.min(chosen.index, Math.max(found.length - 1, 0)) : 0;

  const take = useEffectEvent((event: KeyboardEvent): boolean => {
    if (found.length === 0) return false;
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) setChosen({ query, index: (index + step + found.length) % found.length });
    else if (event.key === 'Enter' || event.key === 'Tab') found[index]?.take();
    else return false;
    return true;
  });
  useEffect(() => {
    useSuggesting.setState({ onKey: (event) => take(event) });
    return () => useSuggesting.setState({ open: null, onKey: null });
  }, []);

  const isOpen = open !== null && found.length > 0;
  const activeId = isOpen ? `suggested-${found[index]?.id ?? ''}` : null;
  useEffect(() => {
    if (activeId === null) return;
    const { dom } = editor.view;
    // The cursor stays in the letter: these tell a reader of the list beside it, and only while it is there.
    const told = {
      'aria-haspopup': 'listbox',
      'aria-controls': listId,
      'aria-activedescendant': activeId,
    };
    for (const [name, value] of Object.entries(told)) dom.setAttribute(name, value);
    return () => {
      for (const name of Object.keys(told)) dom.removeAttribute(name);
    };
  }, [editor, activeId]);

  if (open === null) return null;
  const top = open.rect?.bottom ?? 0;
  const above = top + listHeight > window.innerHeight;
  return (
    <div
      className="suggestions"
      style={{
        left: Math.min(open.rect?.left ?? 0, window.innerWidth - 380),
        ...(above ? { bottom: window.innerHeight - (open.rect?.top ?? 0) + 4 } : { top: top + 4 }),
      }}
    >
      {found.length > 0 && (
        <div
          id={listId}
          role="listbox"
          tabIndex={-1}
          aria-label={t(open.kind === 'snippet' ? 'compose.suggest.snippets' : 'compose.suggest.articles')}
          onMouseDown={(event) => {
            event.preventDefault();
            const option =
              event.target instanceof Element ? event.target.closest<HTMLElement>('[data-index]') : null;
            if (option !== null) found[Number(option.dataset['index'])]?.take();
          }}
        >
          {found.map(({ id, title, about }, place) => (
            <div
              key={id}
              id={`suggested-${id}`}
              role="option"
              tabIndex={-1}
              aria-selected={place === index}
              data-index={place}
            >
              <span>{title}</span>
              <span className="quiet">{about}</span>
            </div>
          ))}
        </div>
      )}
      <output className="suggestions-hint quiet">
        {found.length === 0 ? t('compose.suggest.none') : t('compose.suggest.hint')}
      </output>
    </div>
  );
}

function useSuggested(
  editor: Editor,
  language: Language,
  open: Suggesting | null,
  onSnippet: (template: Template, range: Suggesting['range']) => void,
): readonly Suggested[] {
  const { articles, templates } = useDesk();
  const wanted = open?.kind === 'article' ? open.query : null;
  // At once: Enter right after the last letter takes what that letter leaves.
  const found = useMemo(
    () => (wanted === null ? [] : findArticles(articles, wanted, limit)),
    [articles, wanted],
  );
  if (open === null) return [];
  const { range } = open;
  if (open.kind === 'article') {
    return found.map((article) => ({
      id: article.id,
      title: article.title,
      about: readableUrl(article.url),
      take: () => insertArticle(editor, article, range),
    }));
  }
  return findSnippets(templates, open.query, language)
    .slice(0, limit)
    .map((template) => ({
      id: template.id,
      title: template.title,
      about: template.shortcut === '' ? template.text.slice(0, 60) : `::${template.shortcut}`,
      take: () => onSnippet(template, range),
    }));
}
