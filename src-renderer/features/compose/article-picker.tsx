import { Modal, TextInput } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Article } from '#shared/protocol/article.ts';
import { useDesk } from '../../state/desk-context.ts';
import { usePicking } from '../../ui/use-picking.ts';
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
  const found = useMemo(() => findArticles(articles, text, limit), [articles, text]);
  const picking = usePicking(found, onPick);
  return (
    <>
      <TextInput
        label={t('articles.search')}
        value={text}
        data-autofocus
        {...picking.field}
        onChange={(event) => {
          setText(event.currentTarget.value);
          picking.restart();
        }}
      />
      <div {...picking.list} className="article-results" aria-label={t('articles.results')}>
        {found.map((article) => (
          <div key={article.id} {...picking.option(article)}>
            <span>{article.title}</span>
            <span className="quiet">{readableUrl(article.url)}</span>
          </div>
        ))}
      </div>
      {found.length === 0 && <p className="quiet">{t('articles.none')}</p>}
      <p className="quiet">{t('articles.pickHint')}</p>
    </>
  );
}
