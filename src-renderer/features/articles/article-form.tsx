import { TagsInput, TextInput } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Equal as isEqual } from 'typebox/value';
import type { Article } from '#shared/protocol/article.ts';
import { errorKey, type ErrorKey } from '../../language/problem-key.ts';
import { useDesk } from '../../state/desk-context.ts';
import { newArticleId } from '../../state/new-id.ts';
import { usePanels } from '../../state/panels.ts';
import { ChangedMeanwhile } from '../../ui/changed-meanwhile.tsx';
import { SaveButtons } from '../../ui/save-buttons.tsx';
import { Problem } from '../../ui/problem.tsx';
import { showErrors } from '../../ui/show-errors.ts';
import { useFirstField } from '../../ui/use-first-field.ts';
import { readableUrl } from '../ticket/readable-url.ts';
import { articleUrl } from './article-url.ts';

interface Wrong {
  readonly title?: 'articles.noTitle';
  readonly url?: 'articles.badUrl';
}

/** Adds an article, or changes one. */
export function ArticleForm({
  article,
  onDone,
}: {
  readonly article: Article | null;
  readonly onDone: () => void;
}) {
  const { t } = useTranslation();
  const { bridge, articles } = useDesk();
  const tell = usePanels((panels) => panels.tell);
  const [title, setTitle] = useState(article?.title ?? '');
  const [url, setUrl] = useState(article === null ? '' : readableUrl(article.url));
  const [keywords, setKeywords] = useState<string[]>(article?.keywords ?? []);
  const form = useRef<HTMLFormElement>(null);
  const [wrong, setWrong] = useState<Wrong>({});
  const [problem, setProblem] = useState<ErrorKey | null>(null);
  const [busy, setBusy] = useState(false);
  useFirstField(form);
  // Somebody else saved or removed it while this form was open.
  const fresh = article === null ? null : (articles.find(({ id }) => id === article.id) ?? null);
  const changedMeanwhile = article !== null && !isEqual(fresh, article);
  const take = (other: Article) => {
    setTitle(other.title);
    setUrl(readableUrl(other.url));
    setKeywords(other.keywords);
  };

  const save = async () => {
    const address = articleUrl(url);
    const found: Wrong = {
      ...(title.trim() === '' ? { title: 'articles.noTitle' } : {}),
      ...(address === null ? { url: 'articles.badUrl' } : {}),
    };
    setProblem(null);
    showErrors(form.current, () => setWrong(found));
    if (found.title !== undefined || address === null) return undefined;
    setBusy(true);
    const kept = await bridge.call('articles.put', {
      id: article?.id ?? newArticleId(),
      article: { title: title.trim(), url: address, keywords },
    });
    setBusy(false);
    if (!kept.ok) return setProblem(errorKey(kept.error));
    tell({ tone: 'success', key: 'articles.saved' });
    return onDone();
  };

  return (
    <form
      ref={form}
      noValidate
      className="page-card form"
      aria-label={article === null ? t('articles.add') : t('articles.edit', { title: article.title })}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      {changedMeanwhile && (
        <ChangedMeanwhile
          words={t(fresh === null ? 'articles.removedMeanwhile' : 'articles.changedMeanwhile')}
          onTakeTheirs={fresh && (() => take(fresh))}
        />
      )}
      <TextInput
        label={t('articles.title')}
        value={title}
        error={wrong.title !== undefined && t(wrong.title)}
        required
        withAsterisk={false}
        maxLength={300}
        onChange={(event) => setTitle(event.currentTarget.value)}
      />
      <TextInput
        label={t('articles.url')}
        description={t('articles.urlHint')}
        value={url}
        error={wrong.url !== undefined && t(wrong.url)}
        required
        withAsterisk={false}
        maxLength={2000}
        onChange={(event) => setUrl(event.currentTarget.value)}
      />
      <TagsInput
        label={t('articles.keywords')}
        description={t('articles.keywordsHint')}
        value={keywords}
        maxTags={50}
        onChange={setKeywords}
      />
      {problem !== null && <Problem>{t(problem)}</Problem>}
      <SaveButtons busy={busy} onCancel={onDone} />
    </form>
  );
}
