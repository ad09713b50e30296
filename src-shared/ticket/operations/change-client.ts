import { Type, type Static } from 'typebox';
import { ok, type Result } from '../../result.ts';
import type { Rejection } from '../rejection.ts';
import type { Ticket } from '../ticket.ts';
import { operationHead } from './operation-head.ts';

/** Corrects a client's name and telephone. The address stays: who may read along hangs on it. */
export const ChangeClientSchema = Type.Object({
  ...operationHead,
  kind: Type.Literal('change-client'),
  name: Type.String({ maxLength: 200 }),
  phone: Type.String({ maxLength: 40 }),
});
export type ChangeClient = Static<typeof ChangeClientSchema>;

/** Never refused. */
export function changeClient(ticket: Ticket, { name, phone }: ChangeClient): Result<Ticket, Rejection> {
  return ok({ ...ticket, client: { ...ticket.client, name: name.trim(), phone: phone.trim() } });
}
