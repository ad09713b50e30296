import { Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Badge } from '../../ui/badge.tsx';
import { readableUrl } from '../ticket/readable-url.ts';
import type { ArticleLine } from './article-lines.ts';

/** Nobody reads more of them; the rest is counted. */
const shownLines = 200;

/** Lines of a file and what an import would do with each. */
export function ImportTable({ lines }: { readonly lines: readonly ArticleLine[] }) {
  const { t } = useTranslation();
  const more = lines.length - shownLines;
  return (
    <>
      <Table aria-label={t('articles.import.lines')} className="import-table">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('articles.import.line')}</Table.Th>
            <Table.Th>{t('articles.import.verdict')}</Table.Th>
            <Table.Th>{t('articles.import.content')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {lines.slice(0, shownLines).map((line) => (
            <Table.Tr key={line.line}>
              <Table.Td>{line.line}</Table.Td>
              <Table.Td>
                <Verdict line={line} />
              </Table.Td>
              <Table.Td>
                <Content line={line} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {more > 0 && <p className="quiet">{t('articles.import.more', { count: more })}</p>}
    </>
  );
}

function Verdict({ line }: { readonly line: ArticleLine }) {
  const { t } = useTranslation();
  if (line.verdict === 'new') {
    return (
      <Badge tone="good" icon="plus">
        {t('articles.import.isNew')}
      </Badge>
    );
  }
  if (line.verdict === 'replaces') {
    return (
      <Badge tone="accent" icon="refresh" title={line.replaced.title}>
        {t('articles.import.isReplaced')}
      </Badge>
    );
  }
  return (
    <span className="import-why">{t(`articles.import.why.${line.why}`, { line: line.sameAs ?? 0 })}</span>
  );
}

function Content({ line }: { readonly line: ArticleLine }) {
  if (line.verdict === 'broken') return <code className="import-raw">{line.raw.slice(0, 300)}</code>;
  const { title, url, keywords } = line.article;
  return (
    <>
      <div>{title}</div>
      <div className="quiet">{[readableUrl(url), ...keywords].join(' · ')}</div>
    </>
  );
}
