import { Button, FileButton, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../ui/icon.tsx';

/** An own certificate authority, chosen as a PEM file. */
export function CertificateField({
  value,
  onChange,
}: {
  readonly value: string | null;
  readonly onChange: (pem: string | null) => void;
}) {
  const { t } = useTranslation();
  return (
    <div>
      <Text size="sm" fw={500}>
        {t('settings.certificate')}
      </Text>
      <span className="quiet">{t('settings.certificateHint')}</span>
      <Group gap="xs" mt={4}>
        <FileButton
          accept=".pem,.crt,.cer"
          onChange={(file) => {
            if (file !== null) void file.text().then(onChange);
          }}
        >
          {(props) => (
            <Button {...props} variant="default" leftSection={<Icon name="key" />}>
              {t('settings.certificateChoose')}
            </Button>
          )}
        </FileButton>
        <Text size="sm">{value === null ? t('login.certificateNone') : t('settings.certificateThere')}</Text>
        {value !== null && (
          <Button variant="subtle" onClick={() => onChange(null)}>
            {t('settings.certificateRemove')}
          </Button>
        )}
      </Group>
    </div>
  );
}
