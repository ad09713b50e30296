import { Button, FileButton, Group } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Calendar } from '#shared/calendar/calendar.ts';
import { parseCalendar } from '#shared/calendar/parse-calendar.ts';
import { saveBlob } from '../../../bridge/save-blob.ts';
import { Icon } from '../../../ui/icon.tsx';
import { Problem } from '../../../ui/problem.tsx';
import { faultInFile, type Fault } from '../regulation/fault-words.ts';
import { readJsonFile } from '../regulation/read-json-file.ts';

type FileProblem = Fault | 'fault.notJson' | 'fault.tooLarge' | 'fault.unread';

/** Takes the calendar out to a file and another one in, which stands on screen then until it is saved. */
export function CalendarFile({
  calendar,
  onRead,
}: {
  readonly calendar: Calendar;
  /** Gets a calendar without fault. */
  readonly onRead: (calendar: Calendar) => void;
}) {
  const { t } = useTranslation();
  const [problem, setProblem] = useState<FileProblem | null>(null);
  const [reads, setReads] = useState(0);
  const take = async (file: File | null) => {
    if (file === null) return;
    setProblem(null);
    setReads(reads + 1);
    const read = await readJsonFile(file).catch(() => null);
    if (read === null) return setProblem('fault.unread');
    if (!read.ok) return setProblem(read.error);
    const parsed = parseCalendar(read.value);
    if (parsed.ok) return onRead(parsed.value);
    const { kind } = parsed.error;
    return setProblem({ kind, path: 'path' in parsed.error ? parsed.error.path : '/zone' });
  };
  const save = () => {
    const json = `${JSON.stringify(calendar, null, 2)}\n`;
    saveBlob(new Blob([json], { type: 'application/json' }), `calendar-${calendar.version}.json`);
  };
  return (
    <>
      <p className="quiet settings-fact">{t('calendar.file.about')}</p>
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
