import { Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Category } from '#shared/regulation/category.ts';
import { languageOf } from '../../../language/words.ts';

/** The kinds of work and what has to be known for each; they come with the file of the regulation. */
export function WorkKinds({ categories }: { readonly categories: readonly Category[] }) {
  const { t, i18n } = useTranslation();
  const language = languageOf(i18n);
  return (
    <details className="settings-more">
      <summary>{t('regulation.kinds.show', { count: categories.length })}</summary>
      <Table aria-label={t('regulation.kinds.title')} className="work-kinds">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('regulation.kinds.item')}</Table.Th>
            <Table.Th>{t('category.open')}</Table.Th>
            <Table.Th>{t('regulation.kinds.facts')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {categories.map(({ id, item, title, facts }) => (
            <Table.Tr key={id}>
              <Table.Td>{item ?? ''}</Table.Td>
              <Table.Td>{title[language]}</Table.Td>
              <Table.Td>{facts.map(({ label }) => label[language]).join('; ')}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </details>
  );
}
