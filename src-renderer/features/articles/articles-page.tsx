import { Button, Group, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Article } from '#shared/protocol/article.ts';
import { roleAllows } from '#shared/ticket/author.ts';
import { errorKey } from '../../language/problem-key.ts';
import { useDesk } from '../../state/desk-context.ts';
import { usePanels } from '../../state/panels.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Icon } from '../../ui/icon.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import { readableUrl } from '../ticket/readable-url.ts';
import { useOpenLink } from '../ticket/use-open-link.ts';
import { ArticleForm } from './article-form.tsx';
import { ArticleImport } from './article-import.tsx';

type Doing =
  | { readonly what: 'reading' | 'adding' | 'importing' }
  | { readonly what: 'changing' | 'removing'; readonly article: Article };

/** Nobody scrolls through more; whoever looks for one types a word. */
const shownArticles = 300;

/** The pages of the knowledge base that answers refer to; senior agents keep the list. */
export function ArticlesPage() {
  const { t, i18n } = useTranslation();
  const { articles, bridge, session } = useDesk();
  const tell = usePanels((panels) => panels.tell);
  const [doing, setDoing] = useState<Doing>({ what: 'reading' });
  const [wanted, setWanted] = useState('');
  const mayEdit = roleAllows(session.agent.role, 'senior');
  const collator = new Intl.Collator(i18n.language);
  const words = wanted.toLowerCase().split(/\s+/u).filter(Boolean);
  const found = articles
    .filter((article) => {
      const text = [article.title, readableUrl(article.url), ...article.keywords].join(' ').toLowerCase();
      return words.every((word) => text.includes(word));
    })
    .toSorted((a, b) => collator.compare(a.title, b.title));
  // The lines of a file that is being imported are enough to look at.
  const lists = articles.length > 0 && doing.what !== 'importing';
  const read = () => setDoing({ what: 'reading' });
  const remove = async ({ id }: Article) => {
    const removed = await bridge.call('articles.remove', { id });
    tell(
      removed.ok
        ? { tone: 'success', key: 'articles.removed' }
        : { tone: 'problem', key: errorKey(removed.error) },
    );
  };

  return (
    <section className="page" aria-label={t('nav.articles')}>
      <div className="page-head">
        <PageTitle>{t('nav.articles')}</PageTitle>
        {mayEdit && (
          <Group gap="xs">
            <Button
              variant="default"
              leftSection={<Icon name="download" />}
              onClick={() => setDoing({ what: 'importing' })}
            >
              {t('articles.import.open')}
            </Button>
            <Button leftSection={<Icon name="plus" />} onClick={() => setDoing({ what: 'adding' })}>
              {t('articles.add')}
            </Button>
          </Group>
        )}
      </div>
      {doing.what === 'adding' && <ArticleForm article={null} onDone={read} />}
      {doing.what === 'changing' && (
        <ArticleForm key={doing.article.id} article={doing.article} onDone={read} />
      )}
      {doing.what === 'importing' && <ArticleImport onDone={read} />}
      {lists && (
        <div className="page-find">
          <TextInput
            type="search"
            aria-label={t('articles.find')}
            placeholder={t('articles.find')}
            leftSection={<Icon name="search" />}
            value={wanted}
            onChange={(event) => setWanted(event.currentTarget.value)}
          />
          <output className="quiet">{t('articles.count', { count: found.length })}</output>
        </div>
      )}
      {articles.length === 0 && doing.what === 'reading' && (
        <div className="page-empty">
          <Icon name="article" size={32} />
          <p>{t('articles.empty')}</p>
          <p className="quiet">{t(mayEdit ? 'articles.emptySenior' : 'articles.emptyAgent')}</p>
        </div>
      )}
      {lists && found.length === 0 && <p className="quiet">{t('articles.none')}</p>}
      <ArticleList
        articles={lists ? found.slice(0, shownArticles) : []}
        mayEdit={mayEdit}
        onChange={(article) => setDoing({ what: 'changing', article })}
        onRemove={(article) => setDoing({ what: 'removing', article })}
      />
      {lists && found.length > shownArticles && (
        <p className="quiet">{t('articles.more', { count: found.length - shownArticles })}</p>
      )}
      <ConfirmDialog
        opened={doing.what === 'removing'}
        title={t('articles.removeTitle')}
        question={doing.what === 'removing' ? t('articles.removeAsk', { title: doing.article.title }) : ''}
        confirm={t('articles.removeDo')}
        onConfirm={() => {
          if (doing.what === 'removing') void remove(doing.article);
        }}
        onClose={read}
      />
    </section>
  );
}

/** As they are searched for; nothing without any. */
function ArticleList({
  articles,
  mayEdit,
  onChange,
  onRemove,
}: {
  readonly articles: readonly Article[];
  readonly mayEdit: boolean;
  readonly onChange: (article: Article) => void;
  readonly onRemove: (article: Article) => void;
}) {
  const { t } = useTranslation();
  const openLink = useOpenLink();
  if (articles.length === 0) return null;
  return (
    <ul className="article-list" aria-label={t('articles.list')}>
      {articles.map((article) => (
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
            <span className="row-actions">
              <button
                type="button"
                className="icon-button"
                aria-label={t('articles.edit', { title: article.title })}
                title={t('articles.editShort')}
                onClick={() => onChange(article)}
              >
                <Icon name="edit" />
              </button>
              <button
                type="button"
                className="icon-button"
                aria-label={t('articles.remove', { title: article.title })}
                title={t('articles.removeShort')}
                onClick={() => onRemove(article)}
              >
                <Icon name="trash" />
              </button>
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}
