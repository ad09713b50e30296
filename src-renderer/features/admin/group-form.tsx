import { Button, Textarea, TextInput } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Equal as isEqual } from 'typebox/value';
import type { Group } from '#shared/protocol/service-settings.ts';
import { errorKey, type ErrorKey } from '../../language/problem-key.ts';
import { useDesk } from '../../state/desk-context.ts';
import { usePanels } from '../../state/panels.ts';
import { useServiceSettings } from '../../state/use-service-settings.ts';
import { ChangedMeanwhile } from '../../ui/changed-meanwhile.tsx';
import { SaveButtons } from '../../ui/save-buttons.tsx';
import { Problem } from '../../ui/problem.tsx';
import { showErrors } from '../../ui/show-errors.ts';
import { useFirstField } from '../../ui/use-first-field.ts';
import { groupProblems, withGroup, type GroupProblems } from './group-draft.ts';

const agentSlot = '{{agent}}';

/** A group of agents: how it is called, under which name its answers go out, what it signs with. */
export function GroupForm({
  group,
  isNew,
  onDone,
}: {
  readonly group: Group;
  readonly isNew: boolean;
  readonly onDone: () => void;
}) {
  const { t } = useTranslation();
  const { session } = useDesk();
  const { settings, save } = useServiceSettings();
  const tell = usePanels((panels) => panels.tell);
  const form = useRef<HTMLFormElement>(null);
  const signature = useRef<HTMLTextAreaElement>(null);
  const [draft, setDraft] = useState<Group>(group);
  const [wrong, setWrong] = useState<GroupProblems>({});
  const [problem, setProblem] = useState<ErrorKey | 'service.conflict' | null>(null);
  const [busy, setBusy] = useState(false);
  const change = (part: Partial<Group>) => setDraft({ ...draft, ...part });
  useFirstField(form);
  const fresh = settings.groups.find(({ id }) => id === group.id) ?? null;
  const changedMeanwhile = !isNew && !isEqual(fresh, group);

  const insert = () => {
    const area = signature.current;
    if (area === null) return;
    area.focus();
    area.setRangeText(agentSlot, area.selectionStart, area.selectionEnd, 'end');
    change({ signature: area.value });
  };
  const keep = async () => {
    const found = groupProblems(draft, settings.groups);
    setProblem(null);
    showErrors(form.current, () => setWrong(found));
    if (Object.keys(found).length > 0) return undefined;
    setBusy(true);
    const kept = await save({ groups: withGroup(settings, draft) });
    setBusy(false);
    if (!kept.ok)
      return setProblem(kept.error.kind === 'conflict' ? 'service.conflict' : errorKey(kept.error));
    tell({ tone: 'success', key: 'groups.saved' });
    return onDone();
  };

  return (
    <form
      ref={form}
      noValidate
      className="page-card form"
      aria-label={isNew ? t('groups.add') : t('groups.edit', { name: group.name })}
      onSubmit={(event) => {
        event.preventDefault();
        void keep();
      }}
    >
      {changedMeanwhile && (
        <ChangedMeanwhile
          words={t(fresh === null ? 'groups.removedMeanwhile' : 'groups.changedMeanwhile')}
          onTakeTheirs={fresh && (() => setDraft(fresh))}
        />
      )}
      <div className="form-row form-row-top">
        <TextInput
          label={t('groups.name')}
          description={t('groups.nameHint')}
          value={draft.name}
          error={wrong.name !== undefined && t(wrong.name)}
          maxLength={200}
          className="grow"
          onChange={(event) => change({ name: event.currentTarget.value })}
        />
        <TextInput
          label={t('groups.fromName')}
          description={t('groups.fromNameHint')}
          value={draft.fromName}
          maxLength={200}
          className="grow"
          onChange={(event) => change({ fromName: event.currentTarget.value })}
        />
      </div>
      <div className="signature-columns">
        <div>
          <Textarea
            ref={signature}
            label={t('groups.signature')}
            value={draft.signature}
            error={
              wrong.signature !== undefined &&
              t(wrong.signature.key, { slots: wrong.signature.slots.join(', '), known: agentSlot })
            }
            maxLength={5000}
            autosize
            minRows={4}
            maxRows={10}
            onChange={(event) => change({ signature: event.currentTarget.value })}
          />
          <div className="slot-buttons">
            <Button size="compact-xs" variant="default" onClick={insert}>
              {t('groups.insertAgent')}
            </Button>
          </div>
        </div>
        <section aria-label={t('groups.preview')}>
          <p className="signature-preview-head">{t('groups.preview')}</p>
          <div className="template-preview">
            {draft.signature.replaceAll(/\{\{\s*agent\s*\}\}/gu, () => session.agent.name).trim()}
          </div>
        </section>
      </div>
      {problem !== null && <Problem>{t(problem)}</Problem>}
      <SaveButtons busy={busy} onCancel={onDone} />
    </form>
  );
}
