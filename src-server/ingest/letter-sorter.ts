import { randomBytes } from 'node:crypto';
import { v7 as newUuid } from 'uuid';
import type { LetterId, TicketId } from '#shared/ids.ts';
import { normaliseAddress } from '#shared/mail/addresses.ts';
import { appendToken, formatToken, stripPrefixes, tokenByteLength } from '#shared/mail/subject.ts';
import type { RuleBook } from '#shared/regulation/rule-book.ts';
import { applyAnswer, joinClientLetter, openTicket } from '#shared/ticket/apply-letter.ts';
import type { Letter, LetterDisposition, LetterFacts } from '#shared/ticket/letter.ts';
import { withLink } from '#shared/ticket/operations/link-tickets.ts';
import type { Ticket } from '#shared/ticket/ticket.ts';
import type { TicketMove } from '../feed/commit-changes.ts';
import type { MailboxRules } from '../mailbox/mailbox-records.ts';
import { isParticipant, withParticipants } from '../tickets/participants.ts';
import { withBounce } from './bounced-letters.ts';
import type { OpeningLetter } from '../sends/request-receipts.ts';
import { storableId } from './message-refs.ts';
import type { DeskLetter, UnrelatedSent } from './sent-evidence.ts';
import { allIds, messageIdOf, type ThreadIndex } from './thread-index.ts';

/** What was known before the batch. */
interface Known {
  readonly rules: MailboxRules;
  readonly ruleBook: RuleBook;
  readonly threads: ThreadIndex;
  readonly deskLetters: ReadonlyMap<string, DeskLetter>;
  readonly unrelatedSent: readonly UnrelatedSent[];
  /** Tickets of the service's letters that the batch's bounces report, by Message-ID. */
  readonly bounced: ReadonlyMap<string, TicketId>;
  /** Bounces of earlier times that nobody could place and that report letters of the batch, by Message-ID. */
  readonly unknownBounces: ReadonlyMap<string, readonly Letter[]>;
  /** Those of the batch's senders whose letters open no tickets. Normalised. */
  readonly blocked: ReadonlySet<string>;
}

const dayMs = 86_400_000;

type IgnoredReason = Extract<LetterDisposition, { state: 'ignored' }>['reason'];

/**
 * Decides the fate of letters, one after the other, and changes the tickets in the thread index accordingly.
 *
 * Nothing here reads the database: given the same knowledge, the same letters come to the same fate.
 */
export class LetterSorter {
  readonly #known: Known;
  readonly #unrelated = new Map<LetterId, UnrelatedSent>();
  readonly #newlyUnrelated: UnrelatedSent[] = [];
  readonly #moves: TicketMove[] = [];
  readonly #found: Letter[] = [];
  readonly #opened: OpeningLetter[] = [];
  readonly #sent: Map<string, TicketId>;
  readonly #unknownBounces: Map<string, readonly Letter[]>;

  constructor(known: Known) {
    this.#known = known;
    this.#sent = new Map(known.bounced);
    this.#unknownBounces = new Map(known.unknownBounces);
    for (const sent of known.unrelatedSent) this.#unrelated.set(sent.letter.id, sent);
  }

  /** What colleagues with a half-written answer have to hear of. */
  get moves(): readonly TicketMove[] {
    return this.#moves;
  }

  /** Letters that opened tickets. */
  get opened(): readonly OpeningLetter[] {
    return this.#opened;
  }

  /** Letters of the Sent folder that now wait for what they may answer. */
  get newlyUnrelated(): readonly UnrelatedSent[] {
    return this.#newlyUnrelated.filter(({ letter }) => this.#unrelated.has(letter.id));
  }

  /** Letters of earlier times whose fate changed. */
  get found(): readonly Letter[] {
    return this.#found;
  }

  sort(facts: LetterFacts): Letter {
    const letter = this.#decide(facts);
    if (letter.disposition.state === 'ignored' && letter.disposition.reason === 'unrelated-sent') {
      const sent = { letter, ids: allIds(facts) };
      this.#unrelated.set(letter.id, sent);
      this.#newlyUnrelated.push(sent);
    }
    return letter;
  }

  #decide(facts: LetterFacts): Letter {
    const { rules } = this.#known;
    if (facts.receivedAt < rules.ticketsFrom) return ignored(facts, 'history');
    return facts.location.folder === 'sent' ? this.#decideSent(facts) : this.#decideReceived(facts);
  }

  #decideReceived(facts: LetterFacts): Letter {
    const { rules, threads, blocked } = this.#known;
    const sender = normaliseAddress(facts.from.address);
    if (rules.ownAddresses.has(sender)) return ignored(facts, 'own');
    // Somebody's program sends our own letters back under its name: whatever followed from it would come back too.
    if (this.#deskLetter(facts) !== undefined) return ignored(facts, 'own');
    if (facts.kind === 'bounce') return this.#decideBounce(facts);
    if (facts.kind === 'auto-reply' || facts.hops > 0) return ignored(facts, 'auto-reply');
    const known = threads
      .candidates(facts)
      .map((ticket) => this.#current(ticket, facts.receivedAt))
      .find(
        // To open a closed ticket again would be a new one by the back door.
        (ticket) => isParticipant(ticket, sender) && !(blocked.has(sender) && ticket.status === 'closed'),
      );
    if (known === undefined && blocked.has(sender)) return ignored(facts, 'blocked-sender');
    // A participant's letter that merely passed through a list is his letter still; other list mail opens no tickets.
    if (known === undefined && facts.kind === 'list') return ignored(facts, 'list');
    const isOver = known !== undefined && this.#isOver(known, facts.receivedAt);
    const ticket =
      known === undefined || isOver ? this.#open(facts, known ?? null) : this.#join(known, facts);
    threads.tie(facts, ticket.id);
    this.#findAnswersTo(facts, ticket.id);
    return letterOf(facts, { state: 'ticket', ticketId: ticket.id });
  }

  /** A mail server's word on a letter of the service belongs to the conversation in which that stands. */
  #decideBounce(facts: LetterFacts): Letter {
    const messageId = facts.bounce?.messageId ?? null;
    const letter = ignored(facts, 'bounce');
    if (messageId === null) return letter;
    const id = storableId(messageId);
    const ticketId = this.#sent.get(id);
    const ticket = ticketId === undefined ? undefined : this.#known.threads.heir(ticketId);
    if (ticket !== undefined) return this.#placeBounce(ticket, letter);
    this.#unknownBounces.set(id, [...(this.#unknownBounces.get(id) ?? []), letter]);
    return letter;
  }

  #placeBounce(ticket: Ticket, letter: Letter): Letter {
    this.#known.threads.put(withBounce(ticket, letter, this.#known.ruleBook));
    return { ...letter, disposition: { state: 'ticket', ticketId: ticket.id } };
  }

  /** A ticket that was closed too long ago to be opened again, or where it has one, the one that continues it. */
  #current(ticket: Ticket, at: number): Ticket {
    const seen = new Set<TicketId>();
    let current = ticket;
    while (this.#isOver(current, at) && !seen.has(current.id)) {
      seen.add(current.id);
      current = this.#known.threads.successor(current) ?? current;
    }
    return current;
  }

  #isOver({ status, closing }: Ticket, at: number): boolean {
    if (status !== 'closed' || closing === null) return false;
    const { reopenWithinDays } = this.#known.ruleBook.at(at).profile.closing;
    return at > closing.at + reopenWithinDays * dayMs;
  }

  #open(facts: LetterFacts, continued: Ticket | null): Ticket {
    const token = formatToken(randomBytes(tokenByteLength));
    const address = normaliseAddress(facts.from.address);
    const opened = openTicket(
      facts,
      {
        id: newUuid() as TicketId,
        // Given when the batch is written; nobody sees a ticket before.
        number: 0,
        token,
        subject: stripPrefixes(withoutTokens(facts.subject, token)),
        participants: address === '' ? [] : [address],
        possibleFollowUpOf: continued === null ? (this.#known.threads.quoted(facts)[0]?.id ?? null) : null,
      },
      this.#known.ruleBook,
    );
    const ticket = continued === null ? opened : withLink(opened, continued.id, 'follow-up-of');
    this.#known.threads.put(ticket);
    this.#opened.push({ ticketId: ticket.id, facts });
    if (continued !== null) this.#known.threads.put(withLink(continued, ticket.id, 'continued-by'));
    return ticket;
  }

  #join(ticket: Ticket, facts: LetterFacts): Ticket {
    const joined = joinClientLetter(ticket, facts, this.#known.ruleBook);
    if (joined !== ticket) {
      this.#known.threads.put(joined);
      this.#moves.push({ ticketId: ticket.id, reason: 'client-wrote', agentId: null, at: facts.receivedAt });
    }
    return joined;
  }

  #deskLetter({ messageId }: LetterFacts): DeskLetter | undefined {
    return messageId === null ? undefined : this.#known.deskLetters.get(storableId(messageId));
  }

  #decideSent(facts: LetterFacts): Letter {
    const { threads } = this.#known;
    const desk = this.#deskLetter(facts);
    if (desk !== undefined) {
      // What it means for the ticket came or comes as an operation of the desk that sent it, answer or forward.
      const { agentId, answerKind } = desk;
      const ticketId = threads.heir(desk.ticketId)?.id ?? desk.ticketId;
      threads.tie(facts, ticketId);
      return { ...letterOf(facts, { state: 'ticket', ticketId }), agentId, answerKind };
    }
    if (facts.kind === 'auto-reply' || facts.kind === 'bounce') return ignored(facts, facts.kind);
    const ticket = threads
      .candidates(facts)
      .map((candidate) => this.#current(candidate, facts.receivedAt))
      .find((candidate) => isAddressedTo(candidate, facts));
    if (ticket === undefined) return ignored(facts, 'unrelated-sent');
    threads.tie(facts, ticket.id);
    return this.#answerOutside(ticket, letterOf(facts, { state: 'ticket', ticketId: ticket.id }));
  }

  /**
   * An answer given from another mail program. It counts as a recommendation: a human wrote to the client, which ends the
   * reaction period (regulation §1), and nobody said that the matter is solved.
   */
  #answerOutside(ticket: Ticket, letter: Letter): Letter {
    const answer = {
      at: letter.receivedAt,
      answerKind: 'recommendation',
      messageId: messageIdOf(letter),
      agentId: null,
    } as const;
    const answered = withParticipants(
      applyAnswer(ticket, answer, this.#known.ruleBook),
      [...letter.to, ...letter.cc],
      this.#known.rules.ownAddresses,
    );
    this.#known.threads.put(answered);
    this.#findBouncesOf(answer.messageId, ticket.id);
    this.#moves.push({
      ticketId: ticket.id,
      reason: 'colleague-answered',
      agentId: null,
      at: letter.receivedAt,
    });
    return { ...letter, answerKind: answer.answerKind };
  }

  /** The mail server's word may be read before the letter that it is about. */
  #findBouncesOf(messageId: string, ticketId: TicketId): void {
    const id = storableId(messageId);
    this.#sent.set(id, ticketId);
    for (const letter of this.#unknownBounces.get(id) ?? []) {
      const ticket = this.#known.threads.heir(ticketId);
      if (ticket !== undefined) this.#found.push(this.#placeBounce(ticket, letter));
    }
    this.#unknownBounces.delete(id);
  }

  /** The Sent folder may be read before the letter that was answered: its answers are looked up when it comes. */
  #findAnswersTo(facts: LetterFacts, ticketId: TicketId): void {
    const { messageId } = facts;
    if (messageId === null) return;
    for (const [id, { letter, ids }] of this.#unrelated) {
      const ticket = this.#known.threads.ticket(ticketId);
      if (ticket === undefined || !ids.includes(storableId(messageId)) || !isAddressedTo(ticket, letter))
        continue;
      this.#unrelated.delete(id);
      this.#known.threads.tie(
        { messageId: letter.messageId, inReplyTo: [], references: [...ids], subject: letter.subject },
        ticketId,
      );
      this.#found.push(
        this.#answerOutside(ticket, { ...letter, disposition: { state: 'ticket', ticketId } }),
      );
    }
  }
}

function isAddressedTo(ticket: Ticket, letter: Pick<Letter, 'to' | 'cc'>): boolean {
  return [...letter.to, ...letter.cc].some((recipient) => isParticipant(ticket, recipient.address));
}

function withoutTokens(subject: string, token: string): string {
  return appendToken(subject, token).slice(0, -`[STP-${token}]`.length).trim();
}

function ignored(facts: LetterFacts, reason: IgnoredReason): Letter {
  return letterOf(facts, { state: 'ignored', reason });
}

function letterOf(facts: LetterFacts, disposition: LetterDisposition): Letter {
  return {
    id: facts.id,
    direction: facts.location.folder === 'sent' ? 'out' : 'in',
    disposition,
    messageId: facts.messageId,
    from: facts.from,
    to: facts.to,
    cc: facts.cc,
    subject: facts.subject,
    receivedAt: facts.receivedAt,
    kind: facts.kind,
    bounce: facts.bounce,
    answerKind: null,
    agentId: null,
    locations: [],
  };
}
