import type { ReactNode } from 'react';
import { Icon } from './icon.tsx';

/** Says that something went wrong and what to do; read out at once. */
export function Problem({ children }: { readonly children: ReactNode }) {
  return (
    <div role="alert" className="message" data-tone="bad">
      <Icon name="alert" />
      <div>{children}</div>
    </div>
  );
}

/** Says what to think of before going on. */
export function Warning({ children }: { readonly children: ReactNode }) {
  return (
    <div className="message" data-tone="warning">
      <Icon name="alert" />
      <div>{children}</div>
    </div>
  );
}
