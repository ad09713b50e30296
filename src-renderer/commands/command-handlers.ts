import { create } from 'zustand';
import type { CommandId } from './command-list.ts';

type Handler = () => void;

interface CommandHandlers {
  /** The newest last; no entry for a command that nothing on screen can do. */
  readonly handlers: ReadonlyMap<CommandId, readonly Handler[]>;
  /** Answers what takes it away again. */
  readonly add: (id: CommandId, handler: Handler) => () => void;
  /** Does what the newest handler does; false where there is none and nobody keeps the command for later. */
  readonly run: (id: CommandId) => boolean;
  /** Gives a command to whoever keeps commands for later; false where nobody takes it. */
  readonly keep: (id: CommandId) => boolean;
  /** Keeps commands for what is on its way to the screen; answers what ends that. */
  readonly keepWith: (keeper: Keeper) => () => void;
}

/** Answers whether it takes the command. */
type Keeper = (id: CommandId) => boolean;

/** What the commands do at present, as far as what is on screen has said so. */
export const useCommandHandlers = create<CommandHandlers>()((set, get) => {
  const change = (id: CommandId, edit: (found: readonly Handler[]) => readonly Handler[]) =>
    set(({ handlers }) => {
      const changed = new Map(handlers);
      const found = edit(handlers.get(id) ?? []);
      if (found.length === 0) changed.delete(id);
      else changed.set(id, found);
      return { handlers: changed };
    });
  let keeper: Keeper | null = null;
  return {
    handlers: new Map(),
    add: (id, handler) => {
      change(id, (found) => [...found, handler]);
      return () => change(id, (found) => found.filter((other) => other !== handler));
    },
    run: (id) => {
      const handler = get().handlers.get(id)?.at(-1);
      if (handler === undefined) return get().keep(id);
      handler();
      return true;
    },
    keep: (id) => keeper?.(id) ?? false,
    keepWith: (own) => {
      keeper = own;
      return () => {
        if (keeper === own) keeper = null;
      };
    },
  };
});
