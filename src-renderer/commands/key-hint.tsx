import { Tooltip } from '@mantine/core';
import type { ReactElement } from 'react';
import { Keys } from '../ui/keys.tsx';
import { commandOf, type CommandId } from './command-list.ts';

/** The first keys of a command, as they are written; null for one without. */
export function keysOf(command: CommandId): string | null {
  return commandOf(command).keys[0] ?? null;
}

/**
 * Shows beside a control what it does and by which key. The control says its name itself.
 *
 * Of one that cannot be pressed nothing is shown: the pointer still lies on it, and the hint would cover what is around.
 */
export function KeyHint({
  command,
  words,
  children,
}: {
  readonly command: CommandId;
  readonly words: string;
  readonly children: ReactElement<{ readonly disabled?: boolean }>;
}) {
  const keys = keysOf(command);
  return (
    <Tooltip
      openDelay={400}
      disabled={children.props.disabled === true}
      label={
        <>
          {words} {keys !== null && <Keys keys={keys} />}
        </>
      }
    >
      {children}
    </Tooltip>
  );
}
