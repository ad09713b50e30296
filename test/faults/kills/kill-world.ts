import { v7 as newUuid } from 'uuid';
import type { OperationId, TicketId } from '#shared/ids.ts';
import type { Change } from '#shared/protocol/changes.ts';
import { startService, type Account, type Service } from '../../e2e/start-service.ts';
import { askApi } from '#test/fakes/call-api.ts';

/** A ticket that the agent works on. */
export interface WorldTicket {
  readonly id: TicketId;
  readonly token: string;
  readonly subject: string;
}

/** One of them only gets a note by the keyboard. */
const ticketCount = 5;
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** The service that all desks of a run work for: API on PostgreSQL, Dovecot, an SMTP server, and ways to cut them off. */
export class KillWorld implements AsyncDisposable {
  readonly service: Service;
  readonly tickets: readonly WorldTicket[];
  readonly #token: string;

  private constructor(service: Service, tickets: readonly WorldTicket[], token: string) {
    this.service = service;
    this.tickets = tickets;
    this.#token = token;
  }

  static async start(): Promise<KillWorld> {
    const service = await startService();
    const { login, password } = service.agents[0];
    const { accessToken } = await askApi(service.api.url, 'logIn', null, { body: { login, password } });
    const tickets = Array.from({ length: ticketCount }, (_, index) => ({
      id: newUuid() as TicketId,
      token: `KV${(alphabet[index] ?? '0').repeat(6)}`,
      subject: `Заявка для проверки ${String(index + 1)}`,
    }));
    const operations = tickets.map(({ id, token, subject }) => ({
      kind: 'create-ticket' as const,
      id: newUuid() as OperationId,
      ticketId: id,
      madeAt: Date.now(),
      token,
      channel: 'phone' as const,
      subject,
      client: { name: 'Школа', address: 'client@school.example', phone: '' },
    }));
    await askApi(service.api.url, 'pushOperations', accessToken, { body: { operations } });
    return new KillWorld(service, tickets, accessToken);
  }

  get agent(): Account {
    return this.service.agents[0];
  }

  /** API and SMTP server are gone for the desk. */
  async cut(): Promise<void> {
    await Promise.all([this.service.apiGate.shut(), this.service.smtpGate.shut()]);
  }

  async heal(): Promise<void> {
    await Promise.all([this.service.apiGate.open(), this.service.smtpGate.open()]);
  }

  /** Everything that the API has. */
  async feed(): Promise<readonly Change[]> {
    const changes: Change[] = [];
    for (let after = 0; ;) {
      const page = await askApi(this.service.api.url, 'pullChanges', this.#token, {
        query: { after, limit: 5_000 },
      });
      changes.push(...page.changes);
      if (!page.more) return changes;
      after = page.next;
    }
  }

  /** How often the SMTP server accepted a letter with this Message-ID. */
  accepted(messageId: string): number {
    return this.service.smtp.accepted.filter(({ source }) => source.includes(messageId)).length;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.service.stop();
  }
}
