import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Group } from '#shared/protocol/service-settings.ts';
import { errorKey } from '../../language/problem-key.ts';
import { useDesk } from '../../state/desk-context.ts';
import { newGroupId } from '../../state/new-id.ts';
import { usePanels } from '../../state/panels.ts';
import { useServiceSettings } from '../../state/use-service-settings.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Icon } from '../../ui/icon.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import { GroupForm } from './group-form.tsx';

type Doing =
  { readonly what: 'reading' } | { readonly what: 'adding' | 'changing' | 'removing'; readonly group: Group };

/** Under which names agents answer, and what stands below their answers. */
export function GroupsTab() {
  const { t } = useTranslation();
  const { agents } = useDesk();
  const { settings, save } = useServiceSettings();
  const tell = usePanels((panels) => panels.tell);
  const [doing, setDoing] = useState<Doing>({ what: 'reading' });
  const read = () => setDoing({ what: 'reading' });
  const members = (group: Group) =>
    [...agents.values()].filter((agent) => agent.groupId === group.id && !agent.disabled);
  const remove = async (group: Group) => {
    const kept = await save({ groups: settings.groups.filter(({ id }) => id !== group.id) });
    tell(
      kept.ok ? { tone: 'success', key: 'groups.removed' } : { tone: 'problem', key: errorKey(kept.error) },
    );
  };
  return (
    <>
      <div className="page-head">
        <PageTitle>{t('groups.title')}</PageTitle>
        <Button
          leftSection={<Icon name="plus" />}
          onClick={() =>
            setDoing({
              what: 'adding',
              group: { id: newGroupId(), name: '', fromName: '', signature: t('groups.sampleSignature') },
            })
          }
        >
          {t('groups.add')}
        </Button>
      </div>
      <p className="quiet settings-about">{t('groups.about')}</p>
      {doing.what === 'adding' && <GroupForm key={doing.group.id} group={doing.group} isNew onDone={read} />}
      {settings.groups.length === 0 && doing.what === 'reading' && (
        <p className="quiet">{t('groups.empty')}</p>
      )}
      <ul className="plain-cards" aria-label={t('groups.title')}>
        {settings.groups.map((group) =>
          doing.what === 'changing' && doing.group.id === group.id ? (
            <li key={group.id}>
              <GroupForm group={doing.group} isNew={false} onDone={read} />
            </li>
          ) : (
            <li key={group.id} className="page-card">
              <div className="page-card-head group-head">
                <strong>{group.name}</strong>
                <span className="quiet">{t('groups.members', { count: members(group).length })}</span>
                <span className="row-actions">
                  <Button
                    size="compact-xs"
                    variant="default"
                    aria-label={t('groups.edit', { name: group.name })}
                    onClick={() => setDoing({ what: 'changing', group })}
                  >
                    {t('users.edit')}
                  </Button>
                  <Button
                    size="compact-xs"
                    variant="default"
                    aria-label={t('groups.remove', { name: group.name })}
                    onClick={() => setDoing({ what: 'removing', group })}
                  >
                    {t('articles.removeShort')}
                  </Button>
                </span>
              </div>
              {group.fromName !== '' && (
                <p className="quiet">{t('groups.fromNameIs', { name: group.fromName })}</p>
              )}
              {group.signature !== '' && <pre className="signature-text">{group.signature}</pre>}
            </li>
          ),
        )}
      </ul>
      <ConfirmDialog
        opened={doing.what === 'removing'}
        title={t('groups.removeTitle')}
        question={
          doing.what === 'removing'
            ? t('groups.removeAsk', { name: doing.group.name, count: members(doing.group).length })
            : ''
        }
        confirm={t('articles.removeDo')}
        onConfirm={() => {
          if (doing.what === 'removing') void remove(doing.group);
        }}
        onClose={read}
      />
    </>
  );
}
