import { Button, FileButton } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../../state/desk-context.ts';
import { Icon } from '../../ui/icon.tsx';
import { Problem } from '../../ui/problem.tsx';
import { useDroppedFiles } from '../../ui/use-dropped-files.ts';
import { articleLines, type ArticleFile } from './article-lines.ts';
import { decodeCsv, type CsvEncoding } from './decode-csv.ts';
import { ImportPreview } from './import-preview.tsx';

/** Far more than any list of articles; a spreadsheet of this size is another file. */
const maxBytes = 20_000_000;

/** A file that was chosen, read and judged. */
export interface ChosenFile {
  readonly name: string;
  readonly encoding: CsvEncoding;
  readonly file: ArticleFile;
}

/** Articles from a CSV file: choose, look at what each line would do, import the good ones. */
export function ArticleImport({ onDone }: { readonly onDone: () => void }) {
  const { t } = useTranslation();
  const { articles } = useDesk();
  const place = useRef<HTMLElement>(null);
  const [chosen, setChosen] = useState<ChosenFile | null>(null);
  const [problem, setProblem] = useState<'articles.import.tooLarge' | 'articles.import.unreadable' | null>(
    null,
  );

  const take = async (file: File | null | undefined) => {
    if (file === null || file === undefined) return;
    setProblem(null);
    setChosen(null);
    if (file.size > maxBytes) return setProblem('articles.import.tooLarge');
    try {
      const { text, encoding } = decodeCsv(new Uint8Array(await file.arrayBuffer()));
      return setChosen({ name: file.name, encoding, file: articleLines(text, articles) });
    } catch {
      return setProblem('articles.import.unreadable');
    }
  };
  useDroppedFiles(place, (files) => void take(files[0]));

  return (
    <section ref={place} className="page-card form" aria-label={t('articles.import.title')}>
      <div className="page-card-head">
        <strong>{t('articles.import.title')}</strong>
      </div>
      {chosen === null ? (
        <>
          <div className="drop-zone">
            <Icon name="download" size={22} />
            <p>{t('articles.import.drop')}</p>
            <FileButton accept=".csv,.tsv,.txt,text/csv" onChange={(file) => void take(file)}>
              {(props) => <Button {...props}>{t('articles.import.choose')}</Button>}
            </FileButton>
            <p className="quiet">{t('articles.import.format')}</p>
          </div>
          {problem !== null && <Problem>{t(problem)}</Problem>}
          <div>
            <Button variant="default" onClick={onDone}>
              {t('app.cancel')}
            </Button>
          </div>
        </>
      ) : (
        <ImportPreview key={chosen.name} chosen={chosen} onOther={() => setChosen(null)} onDone={onDone} />
      )}
    </section>
  );
}
