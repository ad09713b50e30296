import { OperationIdSchema, TicketIdSchema } from '../../ids.ts';
import { MomentSchema } from '../../moment.ts';

/** What every operation carries. */
export const operationHead = {
  id: OperationIdSchema,
  ticketId: TicketIdSchema,
  /** The desk's clock corrected by the measured offset to the API's. */
  madeAt: MomentSchema,
};
