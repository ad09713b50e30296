import { Modal, TextInput } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Article } from '#shared/protocol/article.ts';
import { useDesk } from '../../state/desk-context.ts';
import { readableUrl } from '../ticket/readable-url.ts';
import { findArticles } from './find-articles.ts';

const limit = 20;

/** Finds an article of the knowledge base; Enter takes the marked one. */
export function ArticlePicker({
  opened,
  onPick,
  onClose,
}: {
  readonly opened: boolean;
  readonly onPick: (article: Article) => void;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={opened}
      returnFocus={false}
      onClose={onClose}
      size="lg"
      title={t('articles.pick')}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      {opened && <ArticleSearch onPick={onPick} />}
    </Modal>
  );
}

function ArticleSearch({ onPick }: { readonly onPick: (article: Article) => void }) {
  const { t } = useTranslation();
  const { articles } = useDesk();
  const [text, setText] = useState('');
  const [marked, setMarked] = useState(0);
  const found = useMemo(() => findArticles(articles, text, limit), [articles, text]);
  const count = found.length;
  const chosen = found[Math.min(marked, count - 1)];
  return (
    <>
      <TextInput
        label={t('articles.search')}
        value={text}
        data-autofocus
        role="combobox"
        aria-expanded={count > 0}
        aria-controls="article-results"
        aria-activedescendant={chosen === undefined ? undefined : `article-${chosen.id}`}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setMarked(0);
        }}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown') setMarked(Math.min(marked + 1, count - 1));
          else if (event.key === 'ArrowUp') setMarked(Math.max(marked - 1, 0));
          else if (event.key === 'Enter' && chosen !== undefined) onPick(chosen);
          else return;
          event.preventDefault();
          event.stopPropagation();
        }}
      />
      <div
        id="article-results"
        className="article-results"
        role="listbox"
        tabIndex={-1}
        aria-label={t('articles.results')}
        onClick={(event) => {
          const picked = articleAt(event.target, found);
          if (picked !== undefined) onPick(picked);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && chosen !== undefined) onPick(chosen);
        }}
      >
        {found.map((article, index) => (
          <div
            key={article.id}
            id={`article-${article.id}`}
            role="option"
            aria-selected={article === chosen}
            data-index={index}
            tabIndex={-1}
          >
            <span>{article.title}</span>
            <span className="quiet">{readableUrl(article.url)}</span>
          </div>
        ))}
      </div>
      {count === 0 && <p className="quiet">{t('articles.none')}</p>}
      <p className="quiet">{t('articles.pickHint')}</p>
    </>
  );
}

function articleAt(target: EventTarget, found: readonly Article[]): Article | undefined {
  const option = target instanceof Element ? target.closest<HTMLElement>('[data-index]') : null;
  return option === null ? undefined : found[Number(option.dataset['index'])];
}
