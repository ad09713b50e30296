import { MantineProvider } from '@mantine/core';
import { useEffect, useState, type ReactNode } from 'react';
import { usePreferences } from './state/use-preferences.ts';
import { theme } from './theme.ts';
import { dressOf, dressPage, watchSystemDress } from './ui/dress.ts';

/** Keeps the page dressed as the preferences and the system say. */
export function DressedPage({ children }: { readonly children: ReactNode }) {
  const preferences = usePreferences(({ value }) => value);
  const [, setChanges] = useState(0);
  useEffect(() => watchSystemDress(window, () => setChanges((changes) => changes + 1)), []);
  const { scheme, contrast } = dressOf(preferences, window);
  useEffect(() => dressPage(document, preferences, { scheme, contrast }), [preferences, scheme, contrast]);
  return (
    <MantineProvider theme={theme} forceColorScheme={scheme}>
      {children}
    </MantineProvider>
  );
}
