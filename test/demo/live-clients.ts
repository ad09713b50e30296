import PostalMime from 'postal-mime';
import { appendToken, isForwardedSubject, stripPrefixes } from '#shared/mail/subject.ts';
import type { Ticket } from '#shared/ticket/ticket.ts';
import type { SentLetter } from './embedded-mailbox.ts';
import type { Service } from './history-operations.ts';
import type { Institution, Person } from './institutions.ts';
import { clientWords, filled, shortWords, slotValues, spontaneousWords } from './letter-words.ts';
import { makeFile } from './make-files.ts';
import { problems } from './problems/all-problems.ts';
import type { Random } from './random.ts';
import { mailPrograms, writeLetter, type LetterToWrite } from './write-letter.ts';

type Words = Pick<LetterToWrite, 'subject' | 'text'> &
  Partial<Pick<LetterToWrite, 'references' | 'files' | 'quoted'>>;

/** Clients who write while the demo runs. */
export class LiveClients {
  readonly #service: Pick<Service, 'mailbox' | 'address' | 'agents'>;
  readonly #institutions: readonly Institution[];
  readonly #random: Random;

  constructor(
    service: Pick<Service, 'mailbox' | 'address' | 'agents'>,
    institutions: readonly Institution[],
    random: Random,
  ) {
    this.#service = service;
    this.#institutions = institutions;
    this.#random = random;
  }

  /** Somebody writes: most often of something new, else once more about a ticket that waits for him. */
  async write(): Promise<void> {
    const { tickets } = await this.#service.agents.anna.ask('queue', {
      query: { section: 'waiting', limit: 100 },
    });
    const known = tickets.filter(({ client }) => this.#find(client.address) !== null);
    if (known.length > 0 && this.#random.chance(0.35)) await this.#askAgain(this.#random.pick(known));
    else await this.#begin();
  }

  /** Whoever got this letter writes back: thanks, or a question. */
  async answer({ recipients, source }: SentLetter): Promise<void> {
    const sent = await PostalMime.parse(source);
    const subject = sent.subject ?? '';
    const found = this.#find(recipients[0] ?? '');
    if (found === null || sent.messageId === undefined || isForwardedSubject(subject)) return;
    const kind = this.#random.chance(0.6) ? 'thankYou' : 'reminders';
    const words = spontaneousWords(kind, found.institution, this.#random);
    await this.#deliver(found.institution, found.person, {
      subject: `Re: ${stripPrefixes(subject)}`,
      text: shortWords(words, found.person, found.institution, this.#random),
      references: [...(sent.references?.split(/\s+/u).filter((id) => id !== '') ?? []), sent.messageId],
      quoted: {
        from: { name: sent.from?.name ?? '', address: this.#service.address },
        at: Date.now(),
        text: (sent.text ?? '').split('\n').slice(0, 12).join('\n').trim(),
      },
    });
  }

  async #begin(): Promise<void> {
    const institution = this.#random.pick(this.#institutions);
    const person = this.#random.pick(institution.people);
    const problem = this.#random.pick(problems[institution.language]);
    const values = slotValues(institution, person, Date.now(), this.#random);
    await this.#deliver(institution, person, {
      subject: filled(problem.subject, values),
      text: clientWords(filled(problem.text, values), person, institution, this.#random),
      files: problem.file === undefined ? [] : [makeFile(problem.file, this.#random)],
    });
  }

  async #askAgain({ client, subject, token, events }: Ticket): Promise<void> {
    const found = this.#find(client.address);
    if (found === null) return;
    const words = spontaneousWords('reminders', found.institution, this.#random);
    await this.#deliver(found.institution, found.person, {
      subject: appendToken(`Re: ${stripPrefixes(subject)}`, token),
      text: shortWords(words, found.person, found.institution, this.#random),
      references: events.flatMap((event) => (event.kind === 'answer' ? [event.messageId] : [])),
    });
  }

  async #deliver(institution: Institution, person: Person, words: Words): Promise<void> {
    const { mailbox, address } = this.#service;
    const at = Date.now();
    const host = person.address.split('@')[1] ?? 'clients.example';
    const source = await writeLetter({
      ...words,
      messageId: `<${Buffer.from(this.#random.bytes(9)).toString('hex')}@${host}>`,
      from: { name: person.name, address: person.address },
      to: { name: '', address },
      at,
      program: this.#random.pick(mailPrograms),
      language: institution.language,
    });
    mailbox.deliver(source, at);
  }

  #find(address: string): { readonly institution: Institution; readonly person: Person } | null {
    for (const institution of this.#institutions) {
      const person = institution.people.find((each) => each.address === address);
      if (person !== undefined) return { institution, person };
    }
    return null;
  }
}
