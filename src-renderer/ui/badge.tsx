import type { ReactNode } from 'react';
import { Icon, type IconName } from './icon.tsx';

export type Tone = 'plain' | 'good' | 'warning' | 'bad' | 'accent';

/** A short word with its drawing; the tone only underlines what the word says. */
export function Badge({
  tone = 'plain',
  icon,
  title,
  children,
}: {
  readonly tone?: Tone;
  readonly icon?: IconName;
  readonly title?: string;
  readonly children: ReactNode;
}) {
  return (
    <span className="badge" data-tone={tone} title={title}>
      {icon !== undefined && <Icon name={icon} size={13} />}
      <span>{children}</span>
    </span>
  );
}
