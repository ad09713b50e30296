import { Button, FileButton, Group } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PutRegulation } from '#shared/protocol/put-regulation.ts';
import { parseRegulation } from '#shared/regulation/parse-regulation.ts';
import { saveBlob } from '../../../bridge/save-blob.ts';
import { Icon } from '../../../ui/icon.tsx';
import { Problem } from '../../../ui/problem.tsx';
import { faultInFile, type Fault } from './fault-words.ts';
import { readJsonFile } from './read-json-file.ts';
import { useRegulation } from './use-regulation.ts';

type FileProblem = Fault | 'fault.notJson' | 'fault.tooLarge' | 'fault.unread';

/** Takes the whole regulation to another service and back: profile, kinds of work and calendar in one file. */
export function RegulationFile({
  onProposed,
}: {
  /** A file that was read and holds no fault. */
  readonly onProposed: (proposed: PutRegulation) => void;
}) {
  const { t } = useTranslation();
  const { current, propose, revision } = useRegulation();
  const [problem, setProblem] = useState<FileProblem | null>(null);
  const [reads, setReads] = useState(0);

  const take = async (file: File | null) => {
    if (file === null) return;
    setProblem(null);
    setReads(reads + 1);
    const read = await readJsonFile(file).catch(() => null);
    if (read === null) return setProblem('fault.unread');
    if (!read.ok) return setProblem(read.error);
    const parsed = parseRegulation(read.value);
    if (!parsed.ok) return setProblem(parsed.error);
    return onProposed(propose(parsed.value));
  };
  const save = () => {
    const json = `${JSON.stringify(current, null, 2)}\n`;
    saveBlob(new Blob([json], { type: 'application/json' }), `regulation-r${revision}.json`);
  };

  return (
    <>
      <p className="quiet settings-fact">{t('regulation.file.about')}</p>
      <Group gap="xs">
        <Button variant="default" leftSection={<Icon name="download" />} onClick={save}>
          {t('regulation.file.save')}
        </Button>
        {/* Made anew after each choice, so that a mended file of the same name is read again. */}
        <FileButton key={reads} accept=".json,application/json" onChange={(file) => void take(file)}>
          {(props) => (
            <Button variant="default" leftSection={<Icon name="file" />} {...props}>
              {t('regulation.file.load')}
            </Button>
          )}
        </FileButton>
      </Group>
      {problem !== null && (
        <Problem>
          {typeof problem === 'string' ? t(problem) : faultInFile(problem, t)} {t('fault.nothingChanged')}
        </Problem>
      )}
    </>
  );
}
