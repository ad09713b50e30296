import { Button, Table, TextInput } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Calendar } from '#shared/calendar/calendar.ts';
import { showErrors } from '../../../ui/show-errors.ts';
import { formatLocalMoment, parseLocalMoment } from './date-text.ts';

const empty = { from: '', to: '', source: '' };
type ClosureText = typeof empty;
type ClosureProblems = Partial<
  Record<
    keyof ClosureText,
    'calendar.closures.wrong.moment' | 'calendar.closures.wrong.order' | 'calendar.day.wrong.source'
  >
>;

/** When the service does not work although the calendar says so: the interruptions of regulation section 6. */
export function ClosureList({
  closures,
  onChange,
}: {
  readonly closures: Calendar['closures'];
  readonly onChange: (closures: Calendar['closures']) => void;
}) {
  const { t } = useTranslation();
  return (
    <>
      {closures.length === 0 ? (
        <p className="quiet settings-fact">{t('calendar.closures.none')}</p>
      ) : (
        <Table aria-label={t('calendar.closures.title')} className="senders-table">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('calendar.closures.from')}</Table.Th>
              <Table.Th>{t('calendar.closures.to')}</Table.Th>
              <Table.Th>{t('calendar.source')}</Table.Th>
              <Table.Th>{t('users.actions')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {closures.map(({ from, to, source }, place) => (
              <Table.Tr key={`${from} ${to}`}>
                <Table.Td>{formatLocalMoment(from)}</Table.Td>
                <Table.Td>{formatLocalMoment(to)}</Table.Td>
                <Table.Td>{source}</Table.Td>
                <Table.Td>
                  <Button
                    size="compact-xs"
                    variant="default"
                    aria-label={t('calendar.closures.removeOf', { from: formatLocalMoment(from) })}
                    onClick={() => onChange(closures.filter((_, at) => at !== place))}
                  >
                    {t('articles.removeShort')}
                  </Button>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      <ClosureForm
        onAdd={(added) => onChange([...closures, added].toSorted((a, b) => (a.from < b.from ? -1 : 1)))}
      />
    </>
  );
}

function ClosureForm({ onAdd }: { readonly onAdd: (closure: Calendar['closures'][number]) => void }) {
  const { t } = useTranslation();
  const form = useRef<HTMLDivElement>(null);
  const [text, setText] = useState(empty);
  const [wrong, setWrong] = useState<ClosureProblems>({});
  const change = (part: Partial<ClosureText>) => setText({ ...text, ...part });
  const add = () => {
    const from = parseLocalMoment(text.from);
    const to = parseLocalMoment(text.to);
    const source = text.source.trim();
    const problems: ClosureProblems = {
      ...(from === null ? { from: 'calendar.closures.wrong.moment' } : {}),
      ...(to === null ? { to: 'calendar.closures.wrong.moment' } : {}),
      ...(from !== null && to !== null && to <= from ? { to: 'calendar.closures.wrong.order' } : {}),
      ...(source === '' ? { source: 'calendar.day.wrong.source' } : {}),
    };
    showErrors(form.current, () => setWrong(problems));
    if (Object.keys(problems).length > 0 || from === null || to === null) return;
    onAdd({ from, to, source, status: 'confirmed' });
    setText(empty);
  };
  const field = (name: keyof ClosureText, label: string) => (
    <TextInput
      label={label}
      value={text[name]}
      error={wrong[name] !== undefined && t(wrong[name])}
      maxLength={name === 'source' ? 500 : 20}
      className="grow"
      onChange={(event) => change({ [name]: event.currentTarget.value })}
      onKeyDown={(event) => {
        if (event.key !== 'Enter') return;
        event.preventDefault();
        add();
      }}
    />
  );
  return (
    <div ref={form} className="form-row form-row-top" role="group" aria-label={t('calendar.closures.add')}>
      {field('from', t('calendar.closures.from'))}
      {field('to', t('calendar.closures.to'))}
      {field('source', t('calendar.closures.source'))}
      <Button variant="default" className="beside-label" onClick={add}>
        {t('calendar.closures.add')}
      </Button>
    </div>
  );
}
