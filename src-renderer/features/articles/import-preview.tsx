import { Button, Group, Progress, SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { saveBlob } from '../../bridge/save-blob.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Problem, Warning } from '../../ui/problem.tsx';
import type { ChosenFile } from './article-import.tsx';
import { brokenLinesFile, brokenLinesText } from './broken-lines.ts';
import { ImportTable } from './import-table.tsx';
import { useArticleImport } from './use-article-import.ts';

/** What a chosen file would do, line by line, and the import itself. */
export function ImportPreview({
  chosen,
  onOther,
  onDone,
}: {
  readonly chosen: ChosenFile;
  readonly onOther: () => void;
  readonly onDone: () => void;
}) {
  const { t } = useTranslation();
  const { file, name, encoding } = chosen;
  const { progress, run } = useArticleImport(file);
  const count = (verdict: string) => file.lines.filter((line) => line.verdict === verdict).length;
  const broken = count('broken');
  const [shown, setShown] = useState<'all' | 'broken'>(broken > 0 ? 'broken' : 'all');
  const good = progress.total;
  const separators = { ';': 'semicolon', ',': 'comma', '\t': 'tab' } as const;

  return (
    <>
      <p className="import-facts">
        <strong>{name}</strong>{' '}
        <span className="quiet">
          {t('articles.import.readAs', {
            encoding: encoding.toUpperCase(),
            separator: t(`articles.import.separator.${separators[file.separator]}`),
          })}
        </span>
      </p>
      <ul className="import-counts">
        <li data-tone="good">{t('articles.import.new', { count: count('new') })}</li>
        <li>{t('articles.import.replaces', { count: count('replaces') })}</li>
        <li data-tone={broken > 0 ? 'bad' : undefined}>{t('articles.import.broken', { count: broken })}</li>
      </ul>
      {good === 0 && <Warning>{t('articles.import.nothing')}</Warning>}
      {progress.state !== 'idle' && (
        <div>
          <Progress
            value={(progress.done / Math.max(1, good)) * 100}
            color={progress.state === 'failed' ? 'red' : 'indigo'}
            aria-label={t('articles.import.progress')}
          />
          <output className="quiet">
            {t(progress.state === 'done' ? 'articles.import.done' : 'articles.import.doneOf', {
              count: progress.done,
              total: good,
            })}
          </output>
        </div>
      )}
      {progress.problem !== null && (
        <Problem>
          {t(progress.problem)} {t('articles.import.failed')}
        </Problem>
      )}
      <Group gap="xs">
        {progress.state === 'done' ? (
          <Button onClick={onDone}>{t('articles.import.finish')}</Button>
        ) : (
          <>
            <Button loading={progress.state === 'running'} disabled={good === 0} onClick={() => void run()}>
              {progress.state === 'failed'
                ? t('articles.import.goOn')
                : t('articles.import.run', { count: good })}
            </Button>
            <Button variant="default" disabled={progress.state === 'running'} onClick={onOther}>
              {t('articles.import.other')}
            </Button>
            <Button variant="default" disabled={progress.state === 'running'} onClick={onDone}>
              {t('app.cancel')}
            </Button>
          </>
        )}
      </Group>
      {broken > 0 && (
        <Group gap="xs">
          <Button
            variant="default"
            leftSection={<Icon name="download" />}
            onClick={() => saveBlob(brokenLinesFile(file), `${name.replace(/\.\w+$/u, '')}-errors.csv`)}
          >
            {t('articles.import.saveBroken')}
          </Button>
          <CopyButton text={brokenLinesText(file)}>{t('articles.import.copyBroken')}</CopyButton>
        </Group>
      )}
      {file.lines.length > 0 && (
        <>
          {broken > 0 && (
            <div>
              <SegmentedControl
                aria-label={t('articles.import.show')}
                value={shown}
                data={[
                  { value: 'broken', label: t('articles.import.showBroken') },
                  { value: 'all', label: t('articles.import.showAll') },
                ]}
                onChange={(value) => setShown(value === 'broken' ? 'broken' : 'all')}
              />
            </div>
          )}
          <ImportTable
            lines={shown === 'all' ? file.lines : file.lines.filter(({ verdict }) => verdict === 'broken')}
          />
        </>
      )}
    </>
  );
}
