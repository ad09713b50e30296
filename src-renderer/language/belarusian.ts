import activity from '#resources/locales/be/activity.json' with { type: 'json' };
import answerKind from '#resources/locales/be/answerKind.json' with { type: 'json' };
import app from '#resources/locales/be/app.json' with { type: 'json' };
import articles from '#resources/locales/be/articles.json' with { type: 'json' };
import bounce from '#resources/locales/be/bounce.json' with { type: 'json' };
import calendar from '#resources/locales/be/calendar.json' with { type: 'json' };
import category from '#resources/locales/be/category.json' with { type: 'json' };
import client from '#resources/locales/be/client.json' with { type: 'json' };
import closing from '#resources/locales/be/closing.json' with { type: 'json' };
import commands from '#resources/locales/be/commands.json' with { type: 'json' };
import compose from '#resources/locales/be/compose.json' with { type: 'json' };
import critical from '#resources/locales/be/critical.json' with { type: 'json' };
import due from '#resources/locales/be/due.json' with { type: 'json' };
import error from '#resources/locales/be/error.json' with { type: 'json' };
import escalation from '#resources/locales/be/escalation.json' with { type: 'json' };
import facts from '#resources/locales/be/facts.json' with { type: 'json' };
import fault from '#resources/locales/be/fault.json' with { type: 'json' };
import filter from '#resources/locales/be/filter.json' with { type: 'json' };
import groups from '#resources/locales/be/groups.json' with { type: 'json' };
import held from '#resources/locales/be/held.json' with { type: 'json' };
import ledger from '#resources/locales/be/ledger.json' with { type: 'json' };
import letter from '#resources/locales/be/letter.json' with { type: 'json' };
import login from '#resources/locales/be/login.json' with { type: 'json' };
import nav from '#resources/locales/be/nav.json' with { type: 'json' };
import note from '#resources/locales/be/note.json' with { type: 'json' };
import operation from '#resources/locales/be/operation.json' with { type: 'json' };
import outbox from '#resources/locales/be/outbox.json' with { type: 'json' };
import outgoing from '#resources/locales/be/outgoing.json' with { type: 'json' };
import palette from '#resources/locales/be/palette.json' with { type: 'json' };
import phone from '#resources/locales/be/phone.json' with { type: 'json' };
import preferences from '#resources/locales/be/preferences.json' with { type: 'json' };
import queue from '#resources/locales/be/queue.json' with { type: 'json' };
import presence from '#resources/locales/be/presence.json' with { type: 'json' };
import reason from '#resources/locales/be/reason.json' with { type: 'json' };
import regulation from '#resources/locales/be/regulation.json' with { type: 'json' };
import rejection from '#resources/locales/be/rejection.json' with { type: 'json' };
import relation from '#resources/locales/be/relation.json' with { type: 'json' };
import role from '#resources/locales/be/role.json' with { type: 'json' };
import senders from '#resources/locales/be/senders.json' with { type: 'json' };
import service from '#resources/locales/be/service.json' with { type: 'json' };
import settings from '#resources/locales/be/settings.json' with { type: 'json' };
import setup from '#resources/locales/be/setup.json' with { type: 'json' };
import size from '#resources/locales/be/size.json' with { type: 'json' };
import slot from '#resources/locales/be/slot.json' with { type: 'json' };
import snooze from '#resources/locales/be/snooze.json' with { type: 'json' };
import status from '#resources/locales/be/status.json' with { type: 'json' };
import tags from '#resources/locales/be/tags.json' with { type: 'json' };
import templates from '#resources/locales/be/templates.json' with { type: 'json' };
import ticket from '#resources/locales/be/ticket.json' with { type: 'json' };
import tray from '#resources/locales/be/tray.json' with { type: 'json' };
import update from '#resources/locales/be/update.json' with { type: 'json' };
import users from '#resources/locales/be/users.json' with { type: 'json' };

/** The desk's words in Belarusian. */
export const belarusian = {
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
