import { Button, Group, Title } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Equal as isEqual } from 'typebox/value';
import type { PutRegulation } from '#shared/protocol/put-regulation.ts';
import { parseRegulation } from '#shared/regulation/parse-regulation.ts';
import type { Profile } from '#shared/regulation/profile.ts';
import { formatMoment } from '#shared/text/format-moment.ts';
import { languageOf } from '../../../language/words.ts';
import { usePanels } from '../../../state/panels.ts';
import { useSettingsDrafts } from '../../../state/settings-drafts.ts';
import { PageTitle } from '../../../ui/page-title.tsx';
import { Problem, Warning } from '../../../ui/problem.tsx';
import { showErrors } from '../../../ui/show-errors.ts';
import { AnswerFields } from './answer-fields.tsx';
import { AutomaticLetterFields } from './automatic-letter-fields.tsx';
import { ClosingFields } from './closing-fields.tsx';
import { DeadlineFields } from './deadline-fields.tsx';
import { faultInFile, type Fault } from './fault-words.ts';
import { MovedDialog, type PutProblem } from './moved-dialog.tsx';
import { ReasonFields } from './reason-fields.tsx';
import { RegulationFile } from './regulation-file.tsx';
import { useRegulation } from './use-regulation.ts';
import { WorkKinds } from './work-kinds.tsx';
import './regulation.css';

/** The operator's rules: how deadlines are counted, what answers do, when tickets close, why one may postpone or refuse. */
export function RegulationTab() {
  const { t, i18n } = useTranslation();
  const { current, propose, revision, since } = useRegulation();
  const tell = usePanels((panels) => panels.tell);
  const form = useRef<HTMLFormElement>(null);
  const typed = useSettingsDrafts(({ regulation }) => regulation);
  const setTyped = useSettingsDrafts(({ typeRegulation }) => typeRegulation);
  const [fault, setFault] = useState<Fault | null>(null);
  const [problem, setProblem] = useState<PutProblem | null>(null);
  const [proposed, setProposed] = useState<PutRegulation | null>(null);
  /** Whether that was a file's and not the form's, which then keeps what is typed. */
  const [fromFile, setFromFile] = useState(false);
  const fresh = current.profile;
  const draft = typed?.draft ?? fresh;
  const isChanged = typed !== null && !isEqual(typed.draft, fresh);
  const changedMeanwhile = typed !== null && !isEqual(typed.from, fresh);
  const change = (part: Partial<Profile>) => {
    const from = typed?.from ?? fresh;
    const changed = { ...draft, ...part };
    setTyped(isEqual(changed, from) ? null : { from, draft: changed });
  };
  const drop = () => {
    setTyped(null);
    setFault(null);
    setProblem(null);
  };

  const ask = () => {
    const wanted = propose({ profile: draft });
    const { profile, categories, calendar } = wanted;
    const parsed = parseRegulation({ profile, categories, calendar });
    setProblem(null);
    showErrors(form.current, () => setFault(parsed.ok ? null : parsed.error));
    if (parsed.ok) {
      setFromFile(false);
      setProposed(wanted);
    }
  };

  return (
    <>
      <PageTitle>{t('regulation.title')}</PageTitle>
      <p className="quiet settings-about">
        {since === null
          ? t('regulation.shipped', { operator: fresh.operator[languageOf(i18n)] })
          : t('regulation.revision', { revision, at: formatMoment(since) })}
      </p>
      <form
        ref={form}
        noValidate
        className="form regulation-form"
        aria-label={t('regulation.title')}
        onSubmit={(event) => {
          event.preventDefault();
          ask();
        }}
      >
        {changedMeanwhile && (
          <Warning>
            {t('regulation.changedMeanwhile')}{' '}
            <button type="button" className="text-button" onClick={drop}>
              {t('app.takeTheirs')}
            </button>
          </Warning>
        )}
        <Part title={t('regulation.deadline.title')}>
          <DeadlineFields
            deadline={draft.deadline}
            fault={fault}
            onChange={(deadline) => change({ deadline })}
          />
        </Part>
        <Part title={t('regulation.answers.title')}>
          <AnswerFields
            answerKinds={draft.answerKinds}
            fault={fault}
            onChange={(answerKinds) => change({ answerKinds })}
          />
        </Part>
        <Part title={t('regulation.closing.title')}>
          <ClosingFields closing={draft.closing} fault={fault} onChange={(closing) => change({ closing })} />
        </Part>
        <Part title={t('regulation.automatic.title')}>
          {draft.automaticLetters.map((letter, place) => (
            <AutomaticLetterFields
              key={letter.id}
              letter={letter}
              path={`/profile/automaticLetters/${place}`}
              fault={fault}
              onChange={(changed) =>
                change({
                  automaticLetters: draft.automaticLetters.map((each, at) => (at === place ? changed : each)),
                })
              }
            />
          ))}
        </Part>
        <Part title={t('regulation.reasons.heading')}>
          <p className="quiet settings-fact">{t('regulation.reasons.about')}</p>
          {draft.reasons.map((reason, place) => (
            <ReasonFields
              key={reason.id}
              reason={reason}
              path={`/profile/reasons/${place}`}
              fault={fault}
              onChange={(changed) =>
                change({ reasons: draft.reasons.map((each, at) => (at === place ? changed : each)) })
              }
            />
          ))}
        </Part>
        <Part title={t('regulation.kinds.title')}>
          <WorkKinds categories={current.categories} />
        </Part>
        <div className="settings-save">
          {fault !== null && (
            <Problem>
              {t('fault.notSaved')} {faultInFile(fault, t)}
            </Problem>
          )}
          {problem !== null && <Problem>{t(problem)}</Problem>}
          <Group gap="xs">
            <Button type="submit" disabled={!isChanged}>
              {t('regulation.check')}
            </Button>
            {isChanged && (
              <Button variant="default" onClick={drop}>
                {t('regulation.drop')}
              </Button>
            )}
          </Group>
        </div>
      </form>
      <Part title={t('regulation.file.title')}>
        <RegulationFile
          onProposed={(read) => {
            setFromFile(true);
            setProposed(read);
          }}
        />
      </Part>
      <MovedDialog
        proposed={proposed}
        onClose={() => setProposed(null)}
        onProblem={setProblem}
        onSaved={() => {
          if (!fromFile) drop();
          tell({ tone: 'success', key: 'regulation.saved' });
        }}
      />
    </>
  );
}

function Part({ title, children }: { readonly title: string; readonly children: React.ReactNode }) {
  return (
    <section className="settings-section form" aria-label={title}>
      <Title order={2} size="h3">
        {title}
      </Title>
      {children}
    </section>
  );
}
