import { Alert } from '@mantine/core';
import type { ReactNode } from 'react';
import { Icon } from './icon.tsx';

/** Says that something went wrong and what to do; read out at once. */
export function Problem({ children }: { readonly children: ReactNode }) {
  return (
    <Alert role="alert" color="red" variant="light" icon={<Icon name="alert" size={18} />} p="xs">
      {children}
    </Alert>
  );
}
