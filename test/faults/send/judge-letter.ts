import type { JournalOutgoing } from '#main/journal/journal-state.ts';
import type { FaultySmtp } from './faulty-smtp.ts';
import { unknowable, type Moment } from './send-moments.ts';
import type { SendPlan } from './send-plan.ts';
import type { SendWorld } from './send-world.ts';

/** What was seen of a run, and what the desk shows at its end. */
export interface SendTraces {
  readonly plan: SendPlan;
  readonly smtp: FaultySmtp;
  readonly world: SendWorld;
  readonly letters: readonly JournalOutgoing[];
  /** Drafts that are still there. */
  readonly drafts: number;
  /** Where the first life really ended. */
  readonly diedAt: Moment | null;
  /** A record FLUSHED was written. */
  readonly flushed: boolean;
  readonly decided: 'nothing' | 'sent again' | 'said to have arrived';
}

/** Compares what the desk shows with what the servers did; empty when all is as promised. */
export function judgeLetter(traces: SendTraces): string[] {
  const { letters, drafts, smtp, world } = traces;
  const [letter, ...others] = letters;
  if (letter === undefined) return [`lost: no letter, ${String(drafts)} drafts`];
  if (others.length > 0 || drafts > 0) return ['the draft became more than one letter'];
  const { messageId, state } = letter.outgoing;
  const found = [
    ...judgeRecipients(letter, traces),
    ...judgeState(letter, traces),
    ...judgeBooks(letter, traces),
  ];
  if (new Set(smtp.taken.map(({ source }) => source)).size > 1) found.push('its bytes changed');
  if (smtp.taken.some((taken) => taken.messageId !== messageId)) found.push('another Message-ID was taken');
  const copies = world.copies.get(messageId)?.length ?? 0;
  const hasLeft = state === 'sent' || state === 'partial';
  if (hasLeft && copies !== 1) found.push(`${state} with ${String(copies)} copies in Sent`);
  // A part of an uncertain letter may have been filed before; a server may file what it took.
  const isPart = letter.outgoing.recipients.some((one) => one.state === 'accepted');
  const mayHaveOne = isPart || (traces.plan.world.filesItself && smtp.taken.length > 0);
  if (!hasLeft && copies > Number(mayHaveOne)) found.push(`${state} with ${String(copies)} copies in Sent`);
  return found;
}

/**
 * What a desk must never show, at whatever moment: that somebody has not got the letter who has it. `uncertain` says that
 * nobody knows.
 */
export function judgeMoment({ outgoing }: JournalOutgoing, smtp: FaultySmtp): string[] {
  const { state, recipients } = outgoing;
  if (state === 'uncertain') return [];
  return recipients.flatMap((recipient, index) => {
    const hasIt = smtp.taken.some(({ to }) => to.includes(recipient.address));
    return hasIt && recipient.state !== 'accepted'
      ? [`recipient ${String(index)} had it while the letter was ${state}`]
      : [];
  });
}

/** (a) nothing twice and nothing lost, (d) what the server said of each recipient. */
function judgeRecipients(letter: JournalOutgoing, { smtp, decided }: SendTraces): string[] {
  const found: string[] = [];
  const { state, recipients } = letter.outgoing;
  for (const [index, recipient] of recipients.entries()) {
    const times = smtp.taken.filter(({ to }) => to.includes(recipient.address)).length;
    const who = `recipient ${String(index)} (${recipient.state})`;
    if (times > (decided === 'sent again' ? 2 : 1)) found.push(`twice: ${who} got it ${String(times)} times`);
    if (recipient.state === 'accepted' && times === 0 && decided !== 'said to have arrived') {
      found.push(`lost: ${who} never got it`);
    }
    if (recipient.state === 'refused' && times > 0) found.push(`${who} got it`);
    if (recipient.state === 'deferred' && state !== 'uncertain') found.push(`${who} was forgotten`);
    if (recipient.state === 'waiting' && times > 0 && state !== 'uncertain') {
      found.push(`${who} got it, shown as ${state}`);
    }
    if (recipient.state === 'waiting' && (state === 'sent' || state === 'partial')) {
      found.push(`${who} in a letter that is ${state}`);
    }
  }
  return found;
}

/** (b) what was taken is shown as sent, partial or uncertain; uncertain only where nobody can know. */
function judgeState(letter: JournalOutgoing, traces: SendTraces): string[] {
  const { plan, smtp, world } = traces;
  const { messageId, state, recipients } = letter.outgoing;
  switch (state) {
    case 'sent':
      return recipients.every((one) => one.state === 'accepted') ? [] : ['sent, but not to everybody'];
    case 'partial':
      return recipients.some((one) => one.state === 'accepted') ? [] : ['partial, but nobody has it'];
    case 'uncertain': {
      const found: string[] = [];
      if (!mayBeUncertain(messageId, traces)) found.push('uncertain without a reason');
      const isFirst = recipients.every((one) => one.state !== 'accepted');
      if (isFirst && world.copies.has(messageId)) found.push('uncertain although its copy lies in Sent');
      return found;
    }
    case 'failed': {
      const refused = plan.outcome.conversations
        .flat()
        .some(({ does }) => typeof does === 'object' && 'says' in does && does.says.startsWith('5'));
      if (smtp.taken.length > 0) return ['taken, but shown as failed'];
      return refused ? [] : ['failed without a word of the server'];
    }
    case 'queued':
    case 'held':
    case 'sending':
      return [`still ${state} (${letter.outgoing.reason ?? 'no reason'})`];
  }
}

/** True between FLUSHED and ACCEPTED: the end was let go, or about to be, and no word of the server was written down. */
function mayBeUncertain(messageId: string, { smtp, flushed, diedAt }: SendTraces): boolean {
  if (diedAt !== null && unknowable.has(diedAt)) return true;
  const last = smtp.records.findLast((record) => record.messageId === messageId);
  // Who says goodbye after the dot has heard what was said of it.
  return flushed && !(last?.dotCame === true && last.quitCame);
}

/** The API hears of a letter when it left, and of its recipients. */
function judgeBooks(letter: JournalOutgoing, { world }: SendTraces): string[] {
  const { messageId, state } = letter.outgoing;
  const told = world.told.get(messageId) ?? [];
  if (state === 'sent' || state === 'partial')
    return told.length > 0 ? [] : [`${state}, but nobody told the API`];
  // A letter that some have got is told of before its second part may become uncertain.
  const isPart = letter.outgoing.recipients.some((one) => one.state === 'accepted');
  return told.length > 0 && !isPart ? [`${state}, but told to the API as sent`] : [];
}
