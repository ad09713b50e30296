import { Type, type Static } from 'typebox';
import { TicketIdSchema } from '../ids.ts';
import { MomentSchema } from '../moment.ts';
import { ProposedRegulationSchema } from '../regulation/regulation.ts';

/**
 * `PUT /v1/regulation` (admin): a new version, in force from now on. `revision` is the one that was read (0: what ships);
 * 409 when another came between, 400 for rules that contradict themselves. Deadlines of waiting clients that move are
 * written into the histories of their tickets.
 */
export const PutRegulationSchema = Type.Object({
  revision: Type.Integer({ minimum: 0 }),
  ...ProposedRegulationSchema.properties,
});
export type PutRegulation = Static<typeof PutRegulationSchema>;

/** `POST /v1/regulation/preview` (admin): whose deadlines a version would move, if it came into force now. */
export const RegulationPreviewSchema = Type.Object({
  /** Tickets whose clients wait. */
  waiting: Type.Integer({ minimum: 0 }),
  /** How many of their deadlines move. */
  moved: Type.Integer({ minimum: 0 }),
  /** The first of them in the order of the queue. */
  examples: Type.Array(
    Type.Object({
      ticketId: TicketIdSchema,
      number: Type.Integer({ minimum: 0 }),
      from: MomentSchema,
      to: MomentSchema,
    }),
    { maxItems: 100 },
  ),
});
export type RegulationPreview = Static<typeof RegulationPreviewSchema>;
