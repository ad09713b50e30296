import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { copyText } from './copy-text.ts';
import { Icon } from './icon.tsx';

const toldMs = 3000;

/** Copies a text and says so for a moment. */
export function CopyButton({ text, children }: { readonly text: string; readonly children: string }) {
  const { t } = useTranslation();
  const [copiedAt, setCopiedAt] = useState<number | null>(null);
  useEffect(() => {
    if (copiedAt === null) return;
    const timer = setTimeout(() => setCopiedAt(null), toldMs);
    return () => clearTimeout(timer);
  }, [copiedAt]);
  return (
    <Button
      variant="default"
      leftSection={<Icon name={copiedAt === null ? 'copy' : 'check'} />}
      onClick={() => setCopiedAt(copyText(text) ? Date.now() : null)}
    >
      <span aria-live="polite">{copiedAt === null ? children : t('app.copied')}</span>
    </Button>
  );
}
