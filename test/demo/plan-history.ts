import type { AgentClosingOutcome } from '#shared/ticket/ticket.ts';
import { articles } from './articles.ts';
import type { Institution, Person } from './institutions.ts';
import {
  clientWords,
  filled,
  serviceWords,
  shortWords,
  slotValues,
  spontaneousWords,
  type SlotValues,
} from './letter-words.ts';
import { makeFile } from './make-files.ts';
import type { Office } from './office.ts';
import { problems } from './problems/all-problems.ts';
import type { Problem } from './problems/problem.ts';
import { advertisements, announcements } from './problems/other-letters.ts';
import type { Random } from './random.ts';
import { answering, team, type TeamLogin } from './team.ts';
import type { PlannedDeed, PlannedLetter, TicketPlan } from './ticket-plan.ts';
import { mailPrograms } from './write-letter.ts';

/** What has become of a ticket by now. */
type Fate =
  | 'overdue'
  | 'today'
  | 'later'
  | 'snoozed'
  | 'waiting'
  | 'developers'
  | Exclude<AgentClosingOutcome, 'done'>
  | 'done'
  | 'announced';

/** Three hundred tickets. */
const fates: readonly (readonly [fate: Fate, count: number])[] = [
  ['overdue', 9],
  ['today', 11],
  ['later', 60],
  ['snoozed', 9],
  ['waiting', 46],
  ['developers', 14],
  ['done', 109],
  ['answered-by-phone', 14],
  ['no-answer-needed', 11],
  ['not-a-request', 11],
  ['announced', 6],
];

const notes = [
  'Созвонились: просят сделать до пятницы, в пятницу проверка.',
  'То же самое было у соседней школы, см. заявки за прошлую неделю.',
  'Копия на нужную дату есть, проверил.',
  'По договору у них тариф «Стандарт», квоту поднимать можно.',
  'Пишет уже третий раз, лучше позвонить.',
  'Доступ проверяла, входят с двух разных адресов.',
];

/** Put on some tickets, one after the other. */
const tags = ['новый сайт', 'перед проверкой', 'звонили', 'в базу знаний'];

const mostOutOfTurn = 4;

/** Plans the past of the service: the same for the same chance and moment. */
export function planHistory(
  office: Office,
  institutions: readonly Institution[],
  random: Random,
): TicketPlan[] {
  const all = fates.flatMap(([fate, count]) => Array.from({ length: count }, () => fate));
  const plans = random
    .shuffle(all)
    .map((fate, place) => new Planner(office, random, fate, place, random.pick(institutions)).plan());
  return markCritical(plans, random).sort((a, b) => a.startedAt - b.startedAt);
}

/** The regulation lets few out of turn: some of those that nobody has answered yet, each for another reason. */
function markCritical(plans: readonly TicketPlan[], random: Random): TicketPlan[] {
  const urgent = plans.filter(
    ({ outOfTurn, deeds, letters }) =>
      outOfTurn !== null &&
      letters.every(({ answer }) => answer === null) &&
      deeds.every(({ kind }) => kind !== 'close' && kind !== 'snooze'),
  );
  const byReason = new Map(random.shuffle(urgent).map((plan) => [plan.outOfTurn, plan]));
  const chosen = new Set([...byReason.values()].slice(0, mostOutOfTurn));
  return plans.map((plan) => {
    const { outOfTurn: reason } = plan;
    if (reason === null || !chosen.has(plan)) return plan;
    const at = (plan.letters.at(-1)?.at ?? plan.startedAt) + 60_000;
    return { ...plan, deeds: [...plan.deeds, { kind: 'critical', at, by: 'pyotr', reason }] };
  });
}

/** One ticket in the making. */
class Planner {
  readonly #office: Office;
  readonly #random: Random;
  readonly #fate: Fate;
  readonly #place: number;
  readonly #institution: Institution;
  readonly #client: Person;
  readonly #problem: Problem;
  readonly #agent: TeamLogin;
  readonly #letters: PlannedLetter[] = [];
  readonly #deeds: PlannedDeed[] = [];

  constructor(office: Office, random: Random, fate: Fate, place: number, institution: Institution) {
    this.#office = office;
    this.#random = random;
    this.#fate = fate;
    this.#place = place;
    this.#institution = institution;
    this.#client = random.pick(institution.people);
    this.#problem = random.pick(problems[institution.language]);
    this.#agent = institution.language === 'be' && random.chance(0.7) ? 'yana' : random.pick(answering);
  }

  plan(): TicketPlan {
    const { subject, begunBy, channel } = this.#write();
    const first = this.#letters[0]?.at ?? this.#deeds[0]?.at ?? this.#office.now;
    const isMail = begunBy === null;
    return {
      channel,
      begunBy,
      startedAt: first,
      institution: this.#institution,
      client: this.#client,
      subject,
      program: this.#random.pick(mailPrograms),
      letters: this.#letters,
      deeds: this.#deeds,
      followsStranger: isMail && this.#fate === 'later' && this.#place % 9 === 0,
      outOfTurn: isMail ? (this.#problem.outOfTurn ?? null) : null,
    };
  }

  #write(): Pick<TicketPlan, 'subject' | 'begunBy' | 'channel'> {
    switch (this.#fate) {
      case 'announced':
        return this.#announce();
      case 'not-a-request':
        return this.#advertise();
      case 'answered-by-phone':
        return this.#callOnly();
      default:
    }
    const hours = this.#hoursOfLastWord();
    const values = slotValues(
      this.#institution,
      this.#client,
      this.#office.workingHoursAgo(hours + 10),
      this.#random,
    );
    const isAnswered = ['waiting', 'done', 'developers'].includes(this.#fate);
    if (isAnswered) this.#answered(hours, values);
    else this.#unanswered(hours, values);
    this.#settle(hours);
    return { subject: filled(this.#problem.subject, values), begunBy: null, channel: 'mail' };
  }

  /** Working hours since the last letter. */
  #hoursOfLastWord(): number {
    switch (this.#fate) {
      case 'overdue':
      case 'today':
      case 'later':
        return this.#office.hoursFor(this.#fate);
      case 'snoozed':
        return this.#random.between(2, 14);
      case 'waiting':
        return this.#random.between(0.3, 22);
      case 'developers':
        return this.#random.between(5, 60);
      default:
        return this.#random.between(19, 230);
    }
  }

  /** A conversation that ended with the service's word. */
  #answered(lastHours: number, values: SlotValues): void {
    const { answer, answerKind, more } = this.#problem;
    const rounds: (readonly [string, string])[] = [['', answer]];
    if (more !== undefined && this.#random.chance(0.55)) rounds.push(more);
    if (rounds.length === 2 && this.#random.chance(0.3)) {
      rounds.push([
        spontaneousWords('thankYou', this.#institution, this.#random),
        this.#institution.language === 'be' ? 'Калі ласка, заўсёды радыя дапамагчы.' : 'Рады были помочь.',
      ]);
    }
    // From the last answer backwards: each was given within a day or two, and asked after the one before.
    const times: [asked: number, answered: number][] = [];
    let hours = lastHours;
    for (const _round of rounds) {
      const asked = hours + this.#random.between(0.4, 20);
      times.unshift([asked, hours]);
      hours = asked + this.#random.between(0.5, 14);
    }
    for (const [place, [question, reply]] of rounds.entries()) {
      const [asked = 0, replied = 0] = times[place] ?? [];
      const answeredAt = this.#office.workingHoursAgo(replied);
      const askedAt = this.#office.arrival(asked, answeredAt);
      if (place === 0) this.#firstLetter(askedAt, values);
      else
        this.#clientLetter(
          askedAt,
          shortWords(filled(question, values), this.#client, this.#institution, this.#random),
        );
      const kind = this.#fate === 'developers' ? 'escalated' : place > 0 ? 'solution' : answerKind;
      this.#answer(
        answeredAt,
        filled(reply, values),
        this.#fate === 'done' && kind === 'escalated' ? 'solution' : kind,
      );
    }
  }

  /** The client has the last word; before it there may have been an answer that did not help. */
  #unanswered(hours: number, values: SlotValues): void {
    const { more, answer, answerKind } = this.#problem;
    const at = this.#office.workingHoursAgo(hours);
    if (this.#fate === 'no-answer-needed') {
      this.#firstLetter(this.#office.workingHoursAgo(hours + this.#random.between(0.5, 6)), values);
      this.#clientLetter(at, spontaneousWords('solved', this.#institution, this.#random));
      return;
    }
    if (more !== undefined && this.#random.chance(0.3)) {
      const answeredAt = this.#office.workingHoursAgo(hours + this.#random.between(1, 9));
      this.#firstLetter(this.#office.arrival(hours + this.#random.between(12, 30), answeredAt), values);
      this.#answer(answeredAt, filled(answer, values), answerKind);
      this.#clientLetter(
        at,
        shortWords(filled(more[0], values), this.#client, this.#institution, this.#random),
      );
      return;
    }
    this.#firstLetter(at, values);
    const reminderHours = hours * this.#random.between(0.2, 0.7);
    if (hours > 8 && this.#random.chance(0.25)) {
      const words = spontaneousWords('reminders', this.#institution, this.#random);
      this.#clientLetter(
        this.#office.workingHoursAgo(reminderHours),
        shortWords(words, this.#client, this.#institution, this.#random),
      );
    }
  }

  /** What was done besides writing. */
  #settle(hours: number): void {
    const random = this.#random;
    const first = this.#letters[0]?.at ?? 0;
    const last = this.#letters.at(-1)?.at ?? 0;
    const isOpen = this.#fate === 'overdue' || this.#fate === 'today' || this.#fate === 'later';
    if (random.chance(isOpen ? 0.45 : 0.85)) {
      const category = this.#problem.category;
      this.#deeds.push({ kind: 'classify', at: first + 120_000, by: this.#agent, category });
    }
    const tag = tags[this.#place % 11];
    if (tag !== undefined) this.#deeds.push({ kind: 'tag', at: first + 150_000, by: this.#agent, tag });
    if (isOpen && random.chance(0.3)) {
      const to = random.chance(0.4) ? 'anna' : this.#agent;
      this.#deeds.push({ kind: 'assign', at: first + 180_000, by: 'pyotr', to });
    }
    if (random.chance(0.2)) {
      this.#deeds.push({ kind: 'note', at: first + 240_000, by: this.#agent, text: random.pick(notes) });
    }
    if (isOpen && random.chance(0.12))
      this.#deeds.push({ kind: 'claim', at: last + 300_000, by: this.#agent });
    if (this.#fate === 'developers') {
      const reference = `WM-${random.integer(1200, 1990)}`;
      this.#deeds.push({ kind: 'escalate', at: last + 60_000, by: this.#agent, reference });
    }
    if (this.#fate === 'snoozed') {
      const until = this.#office.time.nextOpening(this.#office.now + random.integer(1, 4) * 86_400_000);
      this.#deeds.push({ kind: 'snooze', at: last + 300_000, by: this.#agent, until });
    }
    if (this.#fate === 'done' || this.#fate === 'no-answer-needed') {
      const at = this.#office.workingHoursAgo(Math.max(0.2, hours - random.between(3, 18)));
      const reason = this.#fate === 'done' ? '' : 'Клиент написал, что вопрос решён';
      this.#deeds.push({ kind: 'close', at, by: this.#agent, outcome: this.#fate, reason });
    }
  }

  /** A call that an agent wrote down: some still wait, most were settled at once. */
  #callOnly(): Pick<TicketPlan, 'subject' | 'begunBy' | 'channel'> {
    const waits = this.#place % 3 === 0;
    const hours = waits ? this.#random.between(0.5, 20) : this.#random.between(2, 200);
    const at = this.#office.workingHoursAgo(hours);
    const values = slotValues(this.#institution, this.#client, at, this.#random);
    const by = this.#agent;
    this.#deeds.push({ kind: 'note', at, by, text: `По телефону: ${filled(this.#problem.text, values)}` });
    this.#deeds.push({ kind: 'classify', at: at + 60_000, by, category: this.#problem.category });
    if (!waits) {
      const reason = 'Ответили сразу по телефону';
      this.#deeds.push({ kind: 'close', at: at + 420_000, by, outcome: 'answered-by-phone', reason });
    }
    return { subject: filled(this.#problem.subject, values), begunBy: by, channel: 'phone' };
  }

  #advertise(): Pick<TicketPlan, 'subject' | 'begunBy' | 'channel'> {
    const { subject, text } = this.#random.pick(advertisements);
    const at = this.#office.workingHoursAgo(this.#random.between(6, 220));
    this.#clientLetter(at, text);
    const reason = 'Реклама';
    this.#deeds.push({
      kind: 'close',
      at: at + 3_600_000,
      by: this.#agent,
      outcome: 'not-a-request',
      reason,
    });
    return { subject, begunBy: null, channel: 'mail' };
  }

  /** The service writes first; half of the clients write back. */
  #announce(): Pick<TicketPlan, 'subject' | 'begunBy' | 'channel'> {
    const { subject, text, reply } = announcements[this.#institution.language];
    const at = this.#office.workingHoursAgo(this.#random.between(8, 60));
    this.#answer(at, text, 'notice');
    if (this.#place % 2 === 0) {
      const words = shortWords(reply, this.#client, this.#institution, this.#random);
      this.#clientLetter(at + (this.#office.now - at) * this.#random.between(0.3, 0.9), words);
    }
    return { subject, begunBy: this.#agent, channel: 'mail' };
  }

  #firstLetter(at: number, values: SlotValues): void {
    const { text, file } = this.#problem;
    const words = clientWords(filled(text, values), this.#client, this.#institution, this.#random);
    const files = file !== undefined && this.#random.chance(0.7) ? [makeFile(file, this.#random)] : [];
    this.#clientLetter(at, words, files);
  }

  #clientLetter(at: number, text: string, files: PlannedLetter['files'] = []): void {
    const host = this.#client.address.split('@')[1] ?? '';
    const messageId = `<${Buffer.from(this.#random.bytes(9)).toString('hex')}@${host}>`;
    this.#letters.push({ at, messageId, text, files, answer: null, writer: null });
  }

  #answer(at: number, text: string, kind: Problem['answerKind']): void {
    const by = this.#agent;
    const name = team.find(({ login }) => login === by)?.name ?? by;
    const article = kind === 'recommendation' ? this.#random.pick(articles) : null;
    this.#letters.push({
      at,
      messageId: `<stp.${Buffer.from(this.#random.bytes(12)).toString('hex')}@support.example>`,
      text: serviceWords(text, this.#client, this.#institution, name, article),
      files: [],
      answer: { by, kind },
      writer: null,
    });
  }
}
