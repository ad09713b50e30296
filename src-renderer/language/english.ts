import activity from '#resources/locales/en/activity.json' with { type: 'json' };
import answerKind from '#resources/locales/en/answerKind.json' with { type: 'json' };
import app from '#resources/locales/en/app.json' with { type: 'json' };
import articles from '#resources/locales/en/articles.json' with { type: 'json' };
import bounce from '#resources/locales/en/bounce.json' with { type: 'json' };
import calendar from '#resources/locales/en/calendar.json' with { type: 'json' };
import category from '#resources/locales/en/category.json' with { type: 'json' };
import client from '#resources/locales/en/client.json' with { type: 'json' };
import closing from '#resources/locales/en/closing.json' with { type: 'json' };
import commands from '#resources/locales/en/commands.json' with { type: 'json' };
import compose from '#resources/locales/en/compose.json' with { type: 'json' };
import critical from '#resources/locales/en/critical.json' with { type: 'json' };
import due from '#resources/locales/en/due.json' with { type: 'json' };
import error from '#resources/locales/en/error.json' with { type: 'json' };
import escalation from '#resources/locales/en/escalation.json' with { type: 'json' };
import facts from '#resources/locales/en/facts.json' with { type: 'json' };
import fault from '#resources/locales/en/fault.json' with { type: 'json' };
import filter from '#resources/locales/en/filter.json' with { type: 'json' };
import groups from '#resources/locales/en/groups.json' with { type: 'json' };
import held from '#resources/locales/en/held.json' with { type: 'json' };
import ledger from '#resources/locales/en/ledger.json' with { type: 'json' };
import letter from '#resources/locales/en/letter.json' with { type: 'json' };
import login from '#resources/locales/en/login.json' with { type: 'json' };
import nav from '#resources/locales/en/nav.json' with { type: 'json' };
import note from '#resources/locales/en/note.json' with { type: 'json' };
import operation from '#resources/locales/en/operation.json' with { type: 'json' };
import outbox from '#resources/locales/en/outbox.json' with { type: 'json' };
import outgoing from '#resources/locales/en/outgoing.json' with { type: 'json' };
import palette from '#resources/locales/en/palette.json' with { type: 'json' };
import phone from '#resources/locales/en/phone.json' with { type: 'json' };
import preferences from '#resources/locales/en/preferences.json' with { type: 'json' };
import queue from '#resources/locales/en/queue.json' with { type: 'json' };
import presence from '#resources/locales/en/presence.json' with { type: 'json' };
import reason from '#resources/locales/en/reason.json' with { type: 'json' };
import regulation from '#resources/locales/en/regulation.json' with { type: 'json' };
import rejection from '#resources/locales/en/rejection.json' with { type: 'json' };
import relation from '#resources/locales/en/relation.json' with { type: 'json' };
import role from '#resources/locales/en/role.json' with { type: 'json' };
import senders from '#resources/locales/en/senders.json' with { type: 'json' };
import service from '#resources/locales/en/service.json' with { type: 'json' };
import settings from '#resources/locales/en/settings.json' with { type: 'json' };
import setup from '#resources/locales/en/setup.json' with { type: 'json' };
import size from '#resources/locales/en/size.json' with { type: 'json' };
import slot from '#resources/locales/en/slot.json' with { type: 'json' };
import snooze from '#resources/locales/en/snooze.json' with { type: 'json' };
import status from '#resources/locales/en/status.json' with { type: 'json' };
import tags from '#resources/locales/en/tags.json' with { type: 'json' };
import templates from '#resources/locales/en/templates.json' with { type: 'json' };
import ticket from '#resources/locales/en/ticket.json' with { type: 'json' };
import tray from '#resources/locales/en/tray.json' with { type: 'json' };
import update from '#resources/locales/en/update.json' with { type: 'json' };
import users from '#resources/locales/en/users.json' with { type: 'json' };

/** The desk's words in English. */
export const english = {
  activity,
  answerKind,
  app,
  articles,
  bounce,
  calendar,
  category,
  client,
  closing,
  commands,
  compose,
  critical,
  due,
  error,
  escalation,
  facts,
  fault,
  filter,
  groups,
  held,
  ledger,
  letter,
  login,
  nav,
  note,
  operation,
  outbox,
  outgoing,
  palette,
  phone,
  preferences,
  queue,
  presence,
  reason,
  regulation,
  rejection,
  relation,
  role,
  senders,
  service,
  settings,
  setup,
  size,
  slot,
  snooze,
  status,
  tags,
  templates,
  ticket,
  tray,
  update,
  users,
};
