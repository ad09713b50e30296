import { Button, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Article } from '#shared/protocol/article.ts';
import { roleAllows } from '#shared/ticket/author.ts';
import { useDesk } from '../../state/desk-context.ts';
import { Icon } from '../../ui/icon.tsx';
import { readableUrl } from '../ticket/readable-url.ts';
import { useOpenLink } from '../ticket/use-open-link.ts';
import { ArticleForm } from './article-form.tsx';

/** The pages of the knowledge base that answers refer to; senior agents keep the list. */
export function ArticlesPage() {
  const { t, i18n } = useTranslation();
  const { articles, session } = useDesk();
  const openLink = useOpenLink();
  const [editing, setEditing] = useState<Article | 'new' | null>(null);
  const mayEdit = roleAllows(session.agent.role, 'senior');
  const collator = new Intl.Collator(i18n.language);
  const sorted = articles.toSorted((a, b) => collator.compare(a.title, b.title));
  return (
    <section className="page" aria-label={t('nav.articles')}>
      <div className="page-head">
        <Title order={2}>{t('nav.articles')}</Title>
        {mayEdit && (
          <Button leftSection={<Icon name="plus" />} onClick={() => setEditing('new')}>
            {t('articles.add')}
          </Button>
        )}
      </div>
      {editing !== null && (
        <ArticleForm
          key={editing === 'new' ? 'new' : editing.id}
          article={editing === 'new' ? null : editing}
          onDone={() => setEditing(null)}
        />
      )}
      {sorted.length === 0 && <p className="quiet">{t('articles.empty')}</p>}
      <ul className="article-list" aria-label={t('articles.list')}>
        {sorted.map((article) => (
          <li key={article.id}>
            <div>
              <strong>{article.title}</strong>
              <a
                href={article.url}
                onClick={(event) => {
                  event.preventDefault();
                  openLink(article.url);
                }}
              >
                {readableUrl(article.url)}
              </a>
              {article.keywords.length > 0 && <span className="quiet">{article.keywords.join(', ')}</span>}
            </div>
            {mayEdit && (
              <button
                type="button"
                className="icon-button"
                aria-label={t('articles.edit', { title: article.title })}
                onClick={() => setEditing(article)}
              >
                <Icon name="edit" />
              </button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
