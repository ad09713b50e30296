import type { TFunction } from 'i18next';
import type { AgentId } from '#shared/ids.ts';
import type { RuleBook } from '#shared/regulation/rule-book.ts';
import { formatMoment } from '#shared/text/format-moment.ts';
import type { Language } from '#shared/text/language.ts';
import type { JobOperation } from '#shared/ticket/job-operation.ts';
import type { Activity } from '#shared/ticket/activity.ts';
import type { Operation } from '#shared/ticket/operation.ts';
import type { Overtook } from '#shared/ticket/overtook.ts';
import { displayAddress } from '#shared/mail/addresses.ts';

/** What the sentences of a ticket's history are made with. */
export interface ActivityLanguage {
  readonly t: TFunction;
  readonly language: Language;
  readonly rules: RuleBook;
  /** Null for somebody whom the directory does not know. */
  readonly nameOf: (agentId: AgentId) => string | null;
}

/**
 * One line of a ticket's history as a sentence: who, and what was done.
 *
 * What was done stands without gender, which names do not tell. Times are the desk's. Where another ticket has to do with
 * it, that one's name is to follow.
 */
export function activitySentence({ agentId, operation }: Activity, words: ActivityLanguage): string {
  return words.t('activity.sentence', {
    who:
      agentId === null ? words.t('activity.service') : (words.nameOf(agentId) ?? words.t('activity.someone')),
    what: whatWasDone(operation, agentId, words),
  });
}

/** What an operation did, without who. */
export function whatWasDone(
  operation: Operation | JobOperation,
  agentId: AgentId | null,
  words: ActivityLanguage,
): string {
  const { t } = words;
  switch (operation.kind) {
    case 'add-note':
      return t('activity.did.noted', { text: operation.text });
    case 'add-participant':
      return t('activity.did.participantAdded', { address: displayAddress(operation.address) });
    case 'remove-participant':
      return t('activity.did.participantRemoved', { address: displayAddress(operation.address) });
    case 'assign-ticket':
      if (operation.assigneeId === null) return t('activity.did.unassigned');
      if (operation.assigneeId === agentId) return t('activity.did.assignedSelf');
      return t('activity.did.assigned', {
        assignee: words.nameOf(operation.assigneeId) ?? t('activity.someone'),
      });
    case 'change-client':
      return t('activity.did.clientChanged', {
        name: operation.name || t('client.unknown'),
        phone: operation.phone || t('client.noPhone'),
      });
    case 'claim-ticket':
      return outOfTurn(
        t('activity.did.claimed', { at: formatMoment(operation.until) }),
        operation.overtook,
        words,
      );
    case 'release-ticket':
      return t('activity.did.released');
    case 'classify-ticket':
      return operation.category === null
        ? t('activity.did.unclassified')
        : t('activity.did.classified', { category: categoryTitle(operation.category, words) });
    case 'close-ticket': {
      const outcome = t(`closing.outcomes.${operation.outcome}`);
      return operation.reason.trim() === ''
        ? t('activity.did.closed', { outcome })
        : t('activity.did.closedWithReason', { outcome, reason: operation.reason.trim() });
    }
    case 'create-ticket':
      if (operation.channel === 'internal') return t('activity.did.createdInternal');
      return operation.channel === 'phone'
        ? t('activity.did.createdByPhone')
        : t('activity.did.createdByMail');
    case 'escalate-ticket':
      if (!operation.escalated) return t('activity.did.deescalated');
      return operation.reference.trim() === ''
        ? t('activity.did.escalated')
        : t('activity.did.escalatedAs', { reference: operation.reference.trim() });
    case 'record-answer':
      return t('activity.did.answered');
    case 'record-forward':
      return t('activity.did.forwarded', {
        addresses: [...operation.to, ...operation.cc]
          .map(({ address }) => displayAddress(address))
          .join(', '),
      });
    case 'reopen-ticket':
      return t('activity.did.reopened');
    case 'set-criticality':
      return operation.critical
        ? outOfTurn(
            t('activity.did.madeCritical', { reason: operation.reason.trim() }),
            operation.overtook,
            words,
          )
        : t('activity.did.madeOrdinary');
    case 'snooze-ticket':
      return operation.until === null
        ? t('activity.did.unsnoozed')
        : t('activity.did.snoozed', { at: formatMoment(operation.until) });
    case 'give-reason':
      return operation.reasonId === null
        ? t('activity.did.reasonTaken')
        : t('activity.did.reasonGiven', { reason: reasonTitle(operation.reasonId, words) });
    case 'record-facts':
      return t('activity.did.factsRecorded');
    case 'link-tickets':
      return operation.linked ? t('activity.did.linked') : t('activity.did.unlinked');
    case 'merge-ticket':
      return t('activity.did.merged');
    case 'split-ticket':
      return t('activity.did.split');
    case 'tag-ticket':
      return [
        ...(operation.add.length === 0 ? [] : [t('activity.did.tagged', { tags: operation.add.join(', ') })]),
        ...(operation.remove.length === 0
          ? []
          : [t('activity.did.untagged', { tags: operation.remove.join(', ') })]),
      ].join('; ');
    case 'close-by-silence':
      return t('activity.did.closedBySilence', {
        answeredAt: formatMoment(operation.answeredAt),
        closesAt: formatMoment(operation.closesAt),
      });
    case 'look-again':
      return t('activity.did.lookedAgain');
    case 'move-deadline':
      return t('activity.did.deadlineMoved', {
        from: formatMoment(operation.from),
        to: formatMoment(operation.to),
      });
    case 'give-up-letter':
      return t(`activity.did.letterGivenUp.${operation.why}`);
  }
}

/** Who is taken before others leaves a trace (regulation §3: first in, first out). */
function outOfTurn(what: string, overtook: Overtook | undefined, { t }: ActivityLanguage): string {
  return overtook === undefined ? what : t('activity.did.overtook', { what, count: overtook.count });
}

/** What the words of the regulation are found with. */
type RegulationWords = Pick<ActivityLanguage, 'rules' | 'language'>;

/** A reason to postpone or refuse in words; one that this desk does not know yet shows its id. */
export function reasonTitle(id: string, { rules, language }: RegulationWords): string {
  return rules.reason(id)?.title[language] ?? id;
}

/** A kind of work in words; one that this desk does not know yet shows its id. */
export function categoryTitle(id: string, { rules, language }: RegulationWords): string {
  return rules.category(id)?.title[language] ?? id;
}
