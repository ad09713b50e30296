import { normaliseAddress } from './addresses.ts';
import { readReason, writtenStatus } from './delivery-reason.ts';

/** One recipient that did not get the letter, or not yet. */
export interface DeliveryFailure {
  readonly address: string;
  /** Enhanced status code (RFC 3463), `5.1.1`; null where the report names none. */
  readonly status: string | null;
  /** False for delays and for failures that may pass (class 4). */
  readonly permanent: boolean;
}

/** What a delivery status says; `failures` empty means that it reports success only. */
export interface DeliveryStatus {
  readonly failures: readonly DeliveryFailure[];
}

const maxRecipients = 1_000;

/**
 * Reads the content of a message/delivery-status part (RFC 3464): the recipients whose action is failed or delayed.
 *
 * Takes Final-Recipient, which the RFC requires, and Original-Recipient where it is missing or no mail address; the
 * first Status or, where it is missing or says nothing, what Diagnostic-Code says. A group without recipient is the
 * per-message group.
 */
export function parseDeliveryStatus(text: string): DeliveryStatus {
  const failures: DeliveryFailure[] = [];
  for (const block of text.replaceAll(/\r\n?/gu, '\n').split(/\n[ \t]*\n/u)) {
    if (failures.length >= maxRecipients) break;
    const failure = readRecipient(readGroup(block));
    if (failure !== null) failures.push(failure);
  }
  return { failures };
}

/** Recipients of Exim's and others' X-Failed-Recipients header, which stands in for a missing status part. */
export function parseFailedRecipients(value: string): DeliveryFailure[] {
  return value
    .split(/[,\s]+/u)
    .filter((address) => address.includes('@'))
    .slice(0, maxRecipients)
    .map((address) => ({ address: normaliseAddress(address), status: null, permanent: true }));
}

function readGroup(block: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  for (const line of block.replaceAll(/\n[ \t]+/gu, ' ').split('\n')) {
    const colon = line.indexOf(':');
    const name = line.slice(0, Math.max(colon, 0)).trim().toLowerCase();
    if (name !== '' && !fields.has(name)) fields.set(name, line.slice(colon + 1).trim());
  }
  return fields;
}

function readRecipient(fields: ReadonlyMap<string, string>): DeliveryFailure | null {
  const candidates = [fields.get('final-recipient'), fields.get('original-recipient')];
  const recipient = candidates.find((value) => value?.includes('@')) ?? candidates.find((value) => value);
  if (recipient === undefined) return null;
  const action = (fields.get('action') ?? 'failed').toLowerCase().replace(/[^a-z].*$/u, '');
  if (action !== 'failed' && action !== 'delayed') return null;
  const address = recipient
    .slice(recipient.indexOf(';') + 1)
    .trim()
    .replaceAll(/^<|>$/gu, '');
  const reason = readReason(fields.get('diagnostic-code') ?? '');
  const declared = writtenStatus(fields.get('status') ?? '');
  // Exim reports 5.0.0 whatever happened; what the remote server said is in the diagnostic then.
  const isVague = declared === null || declared.endsWith('.0.0');
  const status = isVague ? (reason.status ?? declared) : declared;
  const permanent = action === 'failed' && (status === null ? reason.permanent : status.startsWith('5'));
  return { address: normaliseAddress(address), status, permanent };
}
