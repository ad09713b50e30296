/** The headings of the cheat sheet, in its order. */
export const commandGroups = ['go', 'queue', 'ticket', 'compose', 'app'] as const;
export type CommandGroup = (typeof commandGroups)[number];

/** What can be done by key, and in which part of the cheat sheet it stands. */
export interface Command {
  readonly group: CommandGroup;
  /**
   * Each a chord such as `Ctrl+Shift+P` or two in turn such as `G Q`, named as on an English keyboard.
   *
   * They are matched by the place of the key, so that they are where the hands know them under any layout.
   */
  readonly keys: readonly string[];
  /** Only where the agent writes: inside an element with `data-commands="compose"`, and there before any other. */
  readonly composing?: true;
  /** A key that is held down goes on. */
  readonly repeats?: true;
  /** Also while a dialog is open. */
  readonly everywhere?: true;
}

/**
 * Everything that the desk does by key. A feature says what a command does with `useCommand`; the words are
 * `commands.<id>`.
 */
export const commands = {
  'go.queue': { group: 'go', keys: ['G Q'] },
  'go.outbox': { group: 'go', keys: ['G O'] },
  'held.open': { group: 'go', keys: ['Alt+R'] },
  'go.articles': { group: 'go', keys: ['G A'] },
  'go.templates': { group: 'go', keys: ['G T'] },
  'go.settings': { group: 'go', keys: ['G S'] },
  'palette.open': { group: 'go', keys: ['Ctrl+K', 'Ctrl+Shift+P'] },

  'queue.next': { group: 'queue', keys: ['J'], repeats: true },
  'queue.previous': { group: 'queue', keys: ['K'], repeats: true },
  'queue.open': { group: 'queue', keys: ['Enter'] },
  'queue.serveNext': { group: 'queue', keys: ['.', 'Shift+Enter'] },
  'queue.search': { group: 'queue', keys: ['/'] },
  'queue.filter': { group: 'queue', keys: [] },
  'queue.section1': { group: 'queue', keys: ['Alt+1'] },
  'queue.section2': { group: 'queue', keys: ['Alt+2'] },
  'queue.section3': { group: 'queue', keys: ['Alt+3'] },
  'queue.section4': { group: 'queue', keys: ['Alt+4'] },
  'queue.section5': { group: 'queue', keys: ['Alt+5'] },
  'queue.section6': { group: 'queue', keys: ['Alt+6'] },
  'queue.section7': { group: 'queue', keys: ['Alt+7'] },
  'queue.section8': { group: 'queue', keys: ['Alt+8'] },
  'queue.section9': { group: 'queue', keys: ['Alt+9'] },

  'ticket.answer': { group: 'ticket', keys: ['R'] },
  'ticket.claim': { group: 'ticket', keys: ['C'] },
  'ticket.release': { group: 'ticket', keys: ['Shift+C'] },
  'ticket.assign': { group: 'ticket', keys: ['A'] },
  'ticket.classify': { group: 'ticket', keys: ['L'] },
  'ticket.tags': { group: 'ticket', keys: ['Shift+L'] },
  'ticket.critical': { group: 'ticket', keys: ['X'] },
  'ticket.note': { group: 'ticket', keys: ['M'] },
  'ticket.snooze': { group: 'ticket', keys: ['Z'] },
  'ticket.reason': { group: 'ticket', keys: ['B'] },
  'ticket.facts': { group: 'ticket', keys: ['W'] },
  'ticket.askFacts': { group: 'ticket', keys: ['Q'] },
  'ticket.escalate': { group: 'ticket', keys: ['D'] },
  'ticket.forward': { group: 'ticket', keys: ['F'] },
  'ticket.close': { group: 'ticket', keys: ['E'] },
  'ticket.thanks': { group: 'ticket', keys: ['T'] },
  'ticket.notARequest': { group: 'ticket', keys: ['Shift+E'] },
  'ticket.reopen': { group: 'ticket', keys: ['O'] },
  'ticket.link': { group: 'ticket', keys: ['V'] },
  'ticket.merge': { group: 'ticket', keys: ['Y'] },
  'ticket.split': { group: 'ticket', keys: ['S'] },
  'ticket.ledger': { group: 'ticket', keys: ['I'] },
  'ticket.client': { group: 'ticket', keys: ['U'] },
  'ticket.participants': { group: 'ticket', keys: ['Shift+U'] },
  'ticket.history': { group: 'ticket', keys: ['H'] },
  'ticket.next': { group: 'ticket', keys: [']'], repeats: true },
  'ticket.previous': { group: 'ticket', keys: ['['], repeats: true },
  'ticket.leave': { group: 'ticket', keys: ['Escape'] },
  'held.theirs': { group: 'ticket', keys: ['1'] },
  'held.mine': { group: 'ticket', keys: ['2'] },
  'held.both': { group: 'ticket', keys: ['3'] },
  'call.new': { group: 'ticket', keys: ['P'] },
  'letter.new': { group: 'ticket', keys: ['N'] },
  'work.new': { group: 'ticket', keys: ['Shift+N'] },

  'compose.send': { group: 'compose', keys: ['Ctrl+Enter'], composing: true },
  'compose.sendNext': { group: 'compose', keys: ['Ctrl+Shift+Enter'], composing: true },
  'compose.article': { group: 'compose', keys: ['Ctrl+K'], composing: true },
  'compose.template': { group: 'compose', keys: ['Ctrl+J'], composing: true },
  'compose.attach': { group: 'compose', keys: ['Alt+A'], composing: true },
  'compose.undoSend': { group: 'compose', keys: ['Alt+Z'] },

  'keys.show': { group: 'app', keys: ['?', 'F1'] },
  'app.language': { group: 'app', keys: [] },
  'app.theme': { group: 'app', keys: [] },
  'app.contrast': { group: 'app', keys: [] },
  'app.zoomIn': { group: 'app', keys: ['Ctrl+='], repeats: true, everywhere: true },
  'app.zoomOut': { group: 'app', keys: ['Ctrl+-'], repeats: true, everywhere: true },
  'app.zoomReset': { group: 'app', keys: ['Ctrl+0'], everywhere: true },
  'app.retry': { group: 'app', keys: [] },
  'app.logOut': { group: 'app', keys: [] },
} as const satisfies Readonly<Record<string, Command>>;

export type CommandId = keyof typeof commands;

/** All ids, in the order of the cheat sheet's groups. */
export const commandIds = Object.keys(commands) as readonly CommandId[];

/** A command as it stands in the table, with what it may leave out. */
export function commandOf(id: CommandId): Command {
  return commands[id];
}
