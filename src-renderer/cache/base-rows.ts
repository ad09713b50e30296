import type { TicketId } from '#shared/ids.ts';
import type { Change } from '#shared/protocol/changes.ts';
import type { Letter } from '#shared/ticket/letter.ts';
import type { Ticket } from '#shared/ticket/ticket.ts';
import { jsonBytes, parseJson, type Bytes } from './bytes.ts';
import type { TicketChange } from './queue-columns.ts';
import type { Row } from './row-page.ts';

/*
 * What the feed's changes are to the base: the rows that they become, and what they touch.
 */

/** A ticket as the API last told of it. */
export interface VersionedTicket {
  readonly version: number;
  readonly ticket: Ticket;
}

/** The group of letters that somebody has to look at; all others are ids of tickets. */
export const quarantine = 'quarantine';

export function readTicket(row: Bytes): VersionedTicket {
  return parseJson(row) as VersionedTicket;
}

const gone: Bytes = new Uint8Array(0);

export function rowsOfTickets(changes: readonly Change[]): Row[] {
  return changes.flatMap((change) => {
    if (change.entity !== 'ticket') return [];
    const { id, version, state } = change;
    return [{ id, group: '', json: state === null ? gone : jsonBytes({ version, ticket: state }) }];
  });
}

export function rowsOfLetters(changes: readonly Change[]): Row[] {
  return changes.flatMap((change) => {
    if (change.entity !== 'letter') return [];
    const { id, state } = change;
    if (state === null) return [{ id, group: '', json: gone }];
    return [{ id, group: groupOf(state), json: jsonBytes(state) }];
  });
}

/** By what a letter is found again: its ticket, or that somebody has to look at it. */
function groupOf({ disposition }: Letter): string {
  switch (disposition.state) {
    case 'ticket':
      return disposition.ticketId;
    case 'quarantined':
      return disposition.reviewedBy === null ? quarantine : '';
    case 'ignored':
      return '';
  }
}

/** Whether a letter that cannot be read came, went or was looked at. */
export function isOfQuarantine(change: Change): boolean {
  return (
    change.entity === 'letter' && (change.state === null || change.state.disposition.state === 'quarantined')
  );
}

export function rowsOfActivities(changes: readonly Change[]): Row[] {
  return changes.flatMap((change) => {
    if (change.entity !== 'activity') return [];
    const { id, state } = change;
    return [{ id, group: state?.ticketId ?? '', json: state === null ? gone : jsonBytes(state) }];
  });
}

export function ticketChanges(changes: readonly Change[]): TicketChange[] {
  return changes.flatMap((change) =>
    change.entity === 'ticket' ? [{ id: change.id, ticket: change.state }] : [],
  );
}

/** Tickets that changed themselves, by one of their letters or in their history. */
export function touchedTickets(changes: readonly Change[]): Set<TicketId> {
  const touched = new Set<TicketId>();
  for (const change of changes) {
    if (change.entity === 'ticket') touched.add(change.id);
    if (change.entity === 'activity' && change.state !== null) touched.add(change.state.ticketId);
    if (change.entity === 'letter' && change.state?.disposition.state === 'ticket') {
      touched.add(change.state.disposition.ticketId);
    }
  }
  return touched;
}
