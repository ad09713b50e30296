import { Checkbox, Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { isAnswerKind } from '#shared/regulation/parse-profile.ts';
import type { Profile } from '#shared/regulation/profile.ts';
import { Problem } from '../../../ui/problem.tsx';
import { faultAt, type Fault } from './fault-words.ts';

type Kinds = Profile['answerKinds'];

/** Which answers end a client's wait, and after which silence closes a ticket. */
export function AnswerFields({
  answerKinds,
  fault,
  onChange,
}: {
  readonly answerKinds: Kinds;
  readonly fault: Fault | null;
  readonly onChange: (answerKinds: Kinds) => void;
}) {
  const { t } = useTranslation();
  const change = (place: number, part: Partial<Kinds[number]>) =>
    onChange(answerKinds.map((rule, at) => (at === place ? { ...rule, ...part } : rule)));
  const wrong = faultAt(fault, '/profile/answerKinds/', t) ?? faultAt(fault, '/profile/answerKinds', t);
  return (
    <>
      <Table aria-label={t('regulation.answers.title')} className="answer-rules">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('regulation.answers.kind')}</Table.Th>
            <Table.Th>{t('regulation.answers.stops')}</Table.Th>
            <Table.Th>{t('regulation.answers.arms')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {answerKinds.map(({ kind, stopsClock, armsClosing }, place) => {
            const name = isAnswerKind(kind) ? t(`answerKind.${kind}`) : kind;
            return (
              <Table.Tr key={kind}>
                <Table.Td>{name}</Table.Td>
                <Table.Td>
                  <Checkbox
                    aria-label={t('regulation.answers.stopsOf', { name })}
                    checked={stopsClock}
                    onChange={(event) => change(place, { stopsClock: event.currentTarget.checked })}
                  />
                </Table.Td>
                <Table.Td>
                  <Checkbox
                    aria-label={t('regulation.answers.armsOf', { name })}
                    checked={armsClosing}
                    error={faultAt(fault, `/profile/answerKinds/${place}`, t) !== null}
                    onChange={(event) => change(place, { armsClosing: event.currentTarget.checked })}
                  />
                </Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
      {wrong !== null && <Problem>{wrong}</Problem>}
    </>
  );
}
