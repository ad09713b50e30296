import { Title } from '@mantine/core';
import { useEffect, useRef, type ReactNode } from 'react';

/**
 * The heading of a page. Takes the keyboard when nothing else has it, as after coming to the page by key: from there
 * one goes on by key, and screen readers say where one is.
 */
export function PageTitle({ children }: { readonly children: ReactNode }) {
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (document.activeElement === document.body) title.current?.focus();
  }, []);
  return (
    <Title ref={title} order={1} size="h2" tabIndex={-1}>
      {children}
    </Title>
  );
}
