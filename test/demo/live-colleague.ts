import { createTransport } from 'nodemailer';
import { v7 as uuidv7 } from 'uuid';
import { claimEndsAt } from '#renderer/state/claim-ends-at.ts';
import type { OperationId, OutgoingId } from '#shared/ids.ts';
import { appendToken, stripPrefixes } from '#shared/mail/subject.ts';
import type { Operation } from '#shared/ticket/operation.ts';
import type { Ticket } from '#shared/ticket/ticket.ts';
import type { Service } from './history-operations.ts';
import type { Institution } from './institutions.ts';
import { filled, serviceWords, slotValues } from './letter-words.ts';
import { problems } from './problems/all-problems.ts';
import type { Random } from './random.ts';
import { serviceAddress } from './service-address.ts';
import { writeLetter } from './write-letter.ts';

const login = 'olga';

/** A second agent at a desk of her own: claims a ticket, then answers it as a desk does, and so on. */
export class Colleague {
  readonly #service: Omit<Service, 'now'>;
  readonly #institutions: readonly Institution[];
  readonly #random: Random;
  #claimed: Ticket | null = null;

  constructor(service: Omit<Service, 'now'>, institutions: readonly Institution[], random: Random) {
    this.#service = service;
    this.#institutions = institutions;
    this.#random = random;
  }

  async work(): Promise<void> {
    const ticket = this.#claimed;
    this.#claimed = null;
    if (ticket === null) this.#claimed = await this.#claim();
    else await this.#answer(ticket);
  }

  /** The oldest that nobody works on; none of those that are the user's. */
  async #claim(): Promise<Ticket | null> {
    const { agents, time } = this.#service;
    const { tickets } = await agents[login].ask('queue', { query: { section: 'to-answer', limit: 200 } });
    const now = Date.now();
    const free = tickets.find(
      ({ critical, holder, assigneeId, client, snooze }) =>
        critical === null &&
        snooze === null &&
        (holder === null || holder.until < now) &&
        assigneeId !== agents.anna.agent.id &&
        this.#institutionOf(client.address) !== null,
    );
    if (free === undefined) return null;
    const claim: Operation = { ...head(free, now), kind: 'claim-ticket', until: claimEndsAt(now, time) };
    const refused = await agents[login].push([claim]);
    return refused.length === 0 ? free : null;
  }

  /** Claims the Message-ID, hands the letter to SMTP, files a copy in Sent and says so: a desk's own order. */
  async #answer(ticket: Ticket): Promise<void> {
    const { agents, mailbox, address } = this.#service;
    const institution = this.#institutionOf(ticket.client.address);
    if (institution === null) return;
    const messageId = `<stp.${Buffer.from(this.#random.bytes(12)).toString('hex')}@support.example>`;
    const { movedOn } = await agents[login].ask('claimSend', {
      body: {
        outgoingId: uuidv7() as OutgoingId,
        messageId,
        ticketId: ticket.id,
        ticketVersion: 0,
        purpose: 'answer',
      },
    });
    if (movedOn?.reason === 'closed') return;
    const at = Date.now();
    const from = serviceAddress(login, address);
    const to = { name: ticket.client.name, address: ticket.client.address };
    const subject = appendToken(`Re: ${stripPrefixes(ticket.subject)}`, ticket.token);
    const references = ticket.events.flatMap((event) => (event.kind === 'answer' ? [event.messageId] : []));
    const source = await writeLetter({
      messageId,
      from,
      to,
      subject,
      at,
      text: this.#words(ticket, institution),
      program: 'thunderbird',
      language: institution.language,
      references,
    });
    const transport = createTransport({
      host: '127.0.0.1',
      port: mailbox.smtpPort,
      auth: { user: mailbox.user, pass: mailbox.password },
    });
    await transport.sendMail({ envelope: { from: address, to: [to.address] }, raw: source });
    mailbox.deliver(source, at, 'Sent');
    await agents[login].push([
      {
        ...head(ticket, at),
        kind: 'record-answer',
        messageId,
        answerKind: 'recommendation',
        answeredAt: at,
        from,
        to: [to],
        cc: [],
        subject,
        references,
      },
    ]);
  }

  #words(ticket: Ticket, institution: Institution): string {
    const person =
      institution.people.find((each) => each.address === ticket.client.address) ?? institution.people[0];
    const values = slotValues(institution, person, Date.now(), this.#random);
    const bare = stripPrefixes(ticket.subject);
    const known = problems[institution.language].find(({ subject }) => filled(subject, values) === bare);
    const text =
      known?.answer ??
      (institution.language === 'be' ? 'Зроблена, праверце, калі ласка.' : 'Готово, проверьте, пожалуйста.');
    return serviceWords(
      filled(text, values),
      person,
      institution,
      this.#service.agents[login].agent.name,
      null,
    );
  }

  #institutionOf(address: string): Institution | null {
    return (
      this.#institutions.find(({ people }) => people.some((person) => person.address === address)) ?? null
    );
  }
}

function head({ id }: Ticket, now: number): Pick<Operation, 'id' | 'ticketId' | 'madeAt'> {
  return { id: uuidv7() as OperationId, ticketId: id, madeAt: now };
}
