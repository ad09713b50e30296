import { randomUUID } from 'node:crypto';
import { BrowserWindow, ipcMain } from 'electron';
import { Value } from 'typebox/value';
import type { BridgeHandlers, CallName, CallResult, EmitEvent } from '#shared/bridge/bridge-client.ts';
import type { BridgeError } from '#shared/bridge/bridge-error.ts';
import { bridgeCallChannel, bridgeEventChannel } from '#shared/bridge/channels.ts';
import { bridgeCalls } from '#shared/bridge/contract.ts';
import { err, type Result } from '#shared/result.ts';
import { isTrustedFrame } from './trusted-frame.ts';

/** Writes down a bug under the id that the desk shows. */
export type ReportBug = (id: string, call: CallName, error: unknown) => void;

/**
 * Answers the calls of the contract.
 *
 * A call is refused unless it comes from the top frame of a page of the desk, and unless its parameters fit their
 * schema. A handler that throws is a bug: the window gets `internal` and an id, the log gets the same id.
 */
export function answerBridgeCalls(handlers: BridgeHandlers, reportBug: ReportBug): void {
  ipcMain.handle(
    bridgeCallChannel,
    async (event, name: unknown, params: unknown): Promise<Result<unknown, BridgeError>> => {
      if (!isTrustedFrame(event.senderFrame)) return err({ kind: 'forbidden' });
      if (!isCallName(name)) return err({ kind: 'invalid' });
      try {
        return await answer(handlers, name, params);
      } catch (error) {
        const id = randomUUID();
        reportBug(id, name, error);
        return err({ kind: 'internal', id });
      }
    },
  );
}

/** Sends an event to the pages of all windows, the hidden keeper's too. */
export const emitBridgeEvent: EmitEvent = (name, payload) => {
  for (const window of BrowserWindow.getAllWindows()) {
    if (!window.isDestroyed()) window.webContents.send(bridgeEventChannel, name, payload);
  }
};

function isCallName(name: unknown): name is CallName {
  return typeof name === 'string' && Object.hasOwn(bridgeCalls, name);
}

async function answer<Name extends CallName>(
  handlers: BridgeHandlers,
  name: Name,
  params: unknown,
): Promise<CallResult<Name>> {
  if (!Value.Check(bridgeCalls[name].params, params)) return err({ kind: 'invalid' });
  const handler: BridgeHandlers[Name] = handlers[name];
  return await handler(params as Parameters<typeof handler>[0]);
}
