import { Button, Group, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Template } from '#shared/protocol/template.ts';
import { Badge } from '../../ui/badge.tsx';
import { Icon } from '../../ui/icon.tsx';
import { TemplatePreview } from './template-preview.tsx';

/** One template as a client would read it. */
export function TemplateDetail({
  template,
  mayEdit,
  onChange,
  onRemove,
}: {
  readonly template: Template;
  readonly mayEdit: boolean;
  readonly onChange: () => void;
  readonly onRemove: () => void;
}) {
  const { t } = useTranslation();
  return (
    <article aria-label={template.title}>
      <Title order={2} size="h3">
        {template.title}
      </Title>
      <p className="template-facts">
        {template.shortcut !== '' && <Badge tone="accent">{`::${template.shortcut}`}</Badge>}
        {template.answerKind !== null && <Badge>{t(`answerKind.${template.answerKind}`)}</Badge>}
      </p>
      <TemplatePreview text={template.text} />
      <p className="quiet">{t('templates.previewHint')}</p>
      {mayEdit && (
        <Group gap="xs">
          <Button variant="default" leftSection={<Icon name="edit" />} onClick={onChange}>
            {t('templates.editShort')}
          </Button>
          <Button variant="default" leftSection={<Icon name="trash" />} onClick={onRemove}>
            {t('templates.removeShort')}
          </Button>
        </Group>
      )}
    </article>
  );
}
