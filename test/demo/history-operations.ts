import { claimEndsAt } from '#renderer/state/claim-ends-at.ts';
import type { WorkingTime } from '#shared/calendar/working-time.ts';
import type { TicketId } from '#shared/ids.ts';
import { appendToken, formatToken, tokenByteLength } from '#shared/mail/subject.ts';
import type { Operation } from '#shared/ticket/operation.ts';
import type { Ticket } from '#shared/ticket/ticket.ts';
import { operationId, type ApiAgent } from './api-agent.ts';
import type { EmbeddedMailbox } from './embedded-mailbox.ts';
import type { Random } from './random.ts';
import { serviceAddress } from './service-address.ts';
import { answering, type TeamLogin } from './team.ts';
import type { PlannedDeed, PlannedLetter, TicketPlan } from './ticket-plan.ts';

/** Everything that the past is delivered to. */
export interface Service {
  readonly mailbox: EmbeddedMailbox;
  readonly address: string;
  readonly agents: Readonly<Record<TeamLogin, ApiAgent>>;
  readonly time: WorkingTime;
  readonly now: number;
}

/** Operations, each under its author. */
export type OperationsByAgent = Record<TeamLogin, Operation[]>;

export function byAgent(): OperationsByAgent {
  return { anna: [], pyotr: [], olga: [], denis: [], yana: [], igor: [] };
}

/** Makes operations of what was planned, and takes them to the API. */
export class HistoryOperations {
  readonly #service: Service;
  readonly #random: Random;

  constructor(service: Service, random: Random) {
    this.#service = service;
    this.#random = random;
  }

  /** Pushes everybody's operations in the order of time. A refused one is a mistake of the plan. */
  async push(batches: OperationsByAgent): Promise<void> {
    for (const login of answering) {
      const refused = await this.#service.agents[login].push(
        batches[login].sort((a, b) => a.madeAt - b.madeAt),
      );
      if (refused.length > 0) throw new Error(`refused: ${JSON.stringify(refused.slice(0, 3))}`);
    }
  }

  async readTickets(): Promise<ReadonlyMap<string, Ticket>> {
    const tickets = new Map<string, Ticket>();
    for (let after = 0, more = true; more;) {
      const page = await this.#service.agents.anna.ask('pullChanges', { query: { after, limit: 5000 } });
      for (const change of page.changes) {
        if (change.entity === 'ticket' && change.state !== null) tickets.set(change.id, change.state);
      }
      after = page.next;
      more = page.more;
    }
    return tickets;
  }

  ofCreation({ channel, startedAt, subject, client }: TicketPlan): Operation {
    const address = channel === 'phone' ? '' : client.address;
    return {
      ...this.#head(startedAt, operationId(startedAt, this.#random.bytes(16)) as string as TicketId),
      kind: 'create-ticket',
      token: formatToken(this.#random.bytes(tokenByteLength)),
      channel,
      subject,
      client: { name: client.name, address, phone: client.phone },
    };
  }

  ofAnswer(
    plan: TicketPlan,
    place: number,
    { at, messageId, answer }: PlannedLetter,
    ticket: Ticket,
  ): Operation {
    const { client, letters, subject } = plan;
    return {
      ...this.#head(at, ticket.id),
      kind: 'record-answer',
      messageId,
      answerKind: answer?.kind ?? 'notice',
      answeredAt: wholeSecond(at),
      from: serviceAddress(answer?.by ?? 'anna', this.#service.address),
      to: [{ name: client.name, address: client.address }],
      cc: [],
      subject: appendToken(place === 0 ? subject : `Re: ${subject}`, ticket.token),
      references: letters.slice(0, place).map((letter) => letter.messageId),
    };
  }

  ofDeed(deed: PlannedDeed, ticketId: TicketId): Operation {
    const head = this.#head(deed.at, ticketId);
    switch (deed.kind) {
      case 'claim':
        return { ...head, kind: 'claim-ticket', until: claimEndsAt(this.#service.now, this.#service.time) };
      case 'assign': {
        const assigneeId = this.#service.agents[deed.to].agent.id;
        return { ...head, kind: 'assign-ticket', assigneeId };
      }
      case 'classify':
        return { ...head, kind: 'classify-ticket', category: deed.category };
      case 'tag':
        return { ...head, kind: 'tag-ticket', add: [deed.tag], remove: [] };
      case 'note':
        return { ...head, kind: 'add-note', text: deed.text };
      case 'critical':
        return { ...head, kind: 'set-criticality', critical: true, reason: deed.reason };
      case 'escalate':
        return { ...head, kind: 'escalate-ticket', escalated: true, reference: deed.reference };
      case 'snooze':
        return { ...head, kind: 'snooze-ticket', until: deed.until };
      case 'close':
        return { ...head, kind: 'close-ticket', outcome: deed.outcome, reason: deed.reason };
    }
  }

  #head(at: number, ticketId: TicketId): Pick<Operation, 'id' | 'ticketId' | 'madeAt'> {
    const madeAt = Math.trunc(at);
    return { id: operationId(madeAt, this.#random.bytes(16)), ticketId, madeAt };
  }
}

/** INTERNALDATE knows no more (RFC 3501 §2.3.3). */
export function wholeSecond(at: number): number {
  return Math.floor(at / 1000) * 1000;
}
