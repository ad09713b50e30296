import { Popover } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { Icon, type IconName } from '../../ui/icon.tsx';

/** A word in the status line that explains itself when it is pressed. */
export function StatusDetail({
  icon,
  words,
  state,
  why,
  children,
}: {
  readonly icon: IconName;
  readonly words: string;
  readonly state?: string;
  /** What it means and what to do. */
  readonly why: string;
  /** What can be done about it. */
  readonly children?: ReactNode;
}) {
  const [opened, setOpened] = useState(false);
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="top-start"
      width={340}
      withArrow
      trapFocus
      returnFocus
    >
      <Popover.Target>
        <button
          type="button"
          className="status-item"
          data-state={state}
          title={[words, why].join('\n')}
          onClick={() => setOpened(!opened)}
        >
          <Icon name={icon} size={13} />
          <span>{words}</span>
        </button>
      </Popover.Target>
      <Popover.Dropdown className="status-why" aria-label={words}>
        <p>{why}</p>
        {children}
      </Popover.Dropdown>
    </Popover>
  );
}
