import type { Static, TSchema } from 'typebox';
import type { Result } from '../result.ts';
import type { BridgeError } from './bridge-error.ts';
import type { bridgeCalls, bridgeEvents } from './contract.ts';

/*
 * Everything here is derived from the contract; a call or event that it does not list has no type.
 */

type ValueOf<Schema> = Schema extends TSchema ? Static<Schema> : never;

export type CallName = keyof typeof bridgeCalls;
export type CallParams<Name extends CallName> = ValueOf<(typeof bridgeCalls)[Name]['params']>;
export type CallValue<Name extends CallName> = ValueOf<(typeof bridgeCalls)[Name]['value']>;
export type CallResult<Name extends CallName> = Result<CallValue<Name>, BridgeError>;

export type EventName = keyof typeof bridgeEvents;
export type EventPayload<Name extends EventName> = ValueOf<(typeof bridgeEvents)[Name]>;

/** What a window sees as `window.bridge`. */
export interface Bridge {
  /** Never rejects: what goes wrong is in the result. */
  call<Name extends CallName>(name: Name, params: CallParams<Name>): Promise<CallResult<Name>>;
  /** Returns the function that ends the subscription. */
  on<Name extends EventName>(name: Name, listener: (payload: EventPayload<Name>) => void): () => void;
}

/** The main process's side: one handler for each call, no more and no fewer. */
export type BridgeHandlers = {
  readonly [Name in CallName]: (params: CallParams<Name>) => Promise<CallResult<Name>>;
};

/** Tells every window. */
export type EmitEvent = <Name extends EventName>(name: Name, payload: EventPayload<Name>) => void;
