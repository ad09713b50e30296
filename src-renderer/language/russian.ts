import activity from '#resources/locales/ru/activity.json' with { type: 'json' };
import answerKind from '#resources/locales/ru/answerKind.json' with { type: 'json' };
import app from '#resources/locales/ru/app.json' with { type: 'json' };
import articles from '#resources/locales/ru/articles.json' with { type: 'json' };
import bounce from '#resources/locales/ru/bounce.json' with { type: 'json' };
import calendar from '#resources/locales/ru/calendar.json' with { type: 'json' };
import category from '#resources/locales/ru/category.json' with { type: 'json' };
import client from '#resources/locales/ru/client.json' with { type: 'json' };
import closing from '#resources/locales/ru/closing.json' with { type: 'json' };
import commands from '#resources/locales/ru/commands.json' with { type: 'json' };
import compose from '#resources/locales/ru/compose.json' with { type: 'json' };
import critical from '#resources/locales/ru/critical.json' with { type: 'json' };
import due from '#resources/locales/ru/due.json' with { type: 'json' };
import error from '#resources/locales/ru/error.json' with { type: 'json' };
import escalation from '#resources/locales/ru/escalation.json' with { type: 'json' };
import facts from '#resources/locales/ru/facts.json' with { type: 'json' };
import fault from '#resources/locales/ru/fault.json' with { type: 'json' };
import filter from '#resources/locales/ru/filter.json' with { type: 'json' };
import groups from '#resources/locales/ru/groups.json' with { type: 'json' };
import held from '#resources/locales/ru/held.json' with { type: 'json' };
import ledger from '#resources/locales/ru/ledger.json' with { type: 'json' };
import letter from '#resources/locales/ru/letter.json' with { type: 'json' };
import login from '#resources/locales/ru/login.json' with { type: 'json' };
import nav from '#resources/locales/ru/nav.json' with { type: 'json' };
import note from '#resources/locales/ru/note.json' with { type: 'json' };
import operation from '#resources/locales/ru/operation.json' with { type: 'json' };
import outbox from '#resources/locales/ru/outbox.json' with { type: 'json' };
import outgoing from '#resources/locales/ru/outgoing.json' with { type: 'json' };
import palette from '#resources/locales/ru/palette.json' with { type: 'json' };
import phone from '#resources/locales/ru/phone.json' with { type: 'json' };
import preferences from '#resources/locales/ru/preferences.json' with { type: 'json' };
import queue from '#resources/locales/ru/queue.json' with { type: 'json' };
import presence from '#resources/locales/ru/presence.json' with { type: 'json' };
import reason from '#resources/locales/ru/reason.json' with { type: 'json' };
import regulation from '#resources/locales/ru/regulation.json' with { type: 'json' };
import rejection from '#resources/locales/ru/rejection.json' with { type: 'json' };
import relation from '#resources/locales/ru/relation.json' with { type: 'json' };
import role from '#resources/locales/ru/role.json' with { type: 'json' };
import senders from '#resources/locales/ru/senders.json' with { type: 'json' };
import service from '#resources/locales/ru/service.json' with { type: 'json' };
import settings from '#resources/locales/ru/settings.json' with { type: 'json' };
import setup from '#resources/locales/ru/setup.json' with { type: 'json' };
import size from '#resources/locales/ru/size.json' with { type: 'json' };
import slot from '#resources/locales/ru/slot.json' with { type: 'json' };
import snooze from '#resources/locales/ru/snooze.json' with { type: 'json' };
import status from '#resources/locales/ru/status.json' with { type: 'json' };
import tags from '#resources/locales/ru/tags.json' with { type: 'json' };
import templates from '#resources/locales/ru/templates.json' with { type: 'json' };
import ticket from '#resources/locales/ru/ticket.json' with { type: 'json' };
import tray from '#resources/locales/ru/tray.json' with { type: 'json' };
import update from '#resources/locales/ru/update.json' with { type: 'json' };
import users from '#resources/locales/ru/users.json' with { type: 'json' };

/** The desk's words in Russian, the language that all others are measured by: its keys are the keys. */
export const russian = {
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
