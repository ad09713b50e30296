import type { TicketId } from '#shared/ids.ts';
import { languageForSubject, type AutomaticLetterSlot } from '#shared/regulation/automatic-letter.ts';
import type { Rules } from '#shared/regulation/rule-book.ts';
import { computeDeadline } from '#shared/sla/deadline.ts';
import { formatMoment } from '#shared/text/format-moment.ts';
import { findSlots } from '#shared/text/slots.ts';
import type { Ticket } from '#shared/ticket/ticket.ts';
import type { Queryable } from '../database/database.ts';
import { isEnabled } from './request-receipts.ts';

/** What a client is told whose letter opened a ticket. */
export interface Receipt {
  readonly ticket: Ticket;
  readonly text: string;
}

/** The receipt as of now; null where nobody is to be told any more: answered, closed, merged or switched off. */
export async function readReceipt(
  transaction: Queryable,
  ticketId: TicketId,
  rules: Rules,
): Promise<Receipt | null> {
  const [found] = await transaction.query<{ state: string }>('select state from ticket where id = $1', [
    ticketId,
  ]);
  if (found === undefined) return null;
  const ticket = JSON.parse(found.state) as Ticket;
  const text = textFor(ticket, rules);
  return text === null ? null : { ticket, text };
}

function textFor(ticket: Ticket, rules: Rules): string | null {
  const { number, subject, reactionStartedAt, mergedInto } = ticket;
  const receipt = rules.profile.automaticLetters.find(({ id }) => id === 'receipt');
  if (receipt === undefined || !isEnabled(rules)) return null;
  if (reactionStartedAt === null || mergedInto !== null) return null;
  const { deadlineAt } = computeDeadline(reactionStartedAt, rules.calendar, rules.deadline);
  const values = { number: String(number), deadline: formatMoment(deadlineAt), subject };
  return filled(receipt.text[languageForSubject(subject)], values);
}

/** Checked when the profile was: a text has no other slots. What is filled in is never filled in again. */
function filled(text: string, values: Readonly<Record<AutomaticLetterSlot, string>>): string {
  let [result, from] = ['', 0];
  for (const { name, start, end } of findSlots(text)) {
    result += text.slice(from, start) + (name in values ? values[name as AutomaticLetterSlot] : '');
    from = end;
  }
  return result + text.slice(from);
}
