import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 as newUuid } from 'uuid';
import type { Desk } from '#main/compose.ts';
import type { Draft } from '#shared/bridge/draft.ts';
import { streamPaths, type ChangesFrame } from '#shared/bridge/streams.ts';
import type { DraftId, OperationId } from '#shared/ids.ts';
import type { Ticket } from '#shared/ticket/ticket.ts';
import { composeDesk } from '#test/fakes/compose-desk.ts';
import { framesOfLine } from '#test/fakes/letter-frames.ts';

interface Account {
  readonly apiUrl: string;
  readonly login: string;
  readonly password: string;
}

/** What has to have come and gone before a desk is where it would be without the cut. */
export interface Expected {
  /** Version of a colleague's change. */
  readonly version: number;
  /** Subject of a client's letter. */
  readonly subject: string;
}

/** A whole desk in this process, with a reader as its windows have one, and an agent who works on one ticket. */
export class CutDesk {
  readonly #desk: Desk;
  readonly #dir: string;
  readonly #ticket: Ticket;
  readonly #ends = new AbortController();
  readonly #subjects = new Set<string>();
  #version = 0;

  private constructor(desk: Desk, dir: string, ticket: Ticket) {
    this.#desk = desk;
    this.#dir = dir;
    this.#ticket = ticket;
  }

  static async open(account: Account, ticket: Ticket): Promise<CutDesk> {
    const dir = await mkdtemp(join(tmpdir(), 'stp-cut-'));
    const desk = await composeDesk(dir);
    const entered = await desk.handlers['session.logIn']({ ...account, certificateAuthority: null });
    if (!entered.ok) throw new Error(`the log-in failed: ${entered.error.kind}`);
    const opened = new CutDesk(desk, dir, ticket);
    void opened.#read(streamPaths.changes, { epoch: null, after: 0 }, (line) => {
      const frame = JSON.parse(line) as ChangesFrame;
      if (frame.type === 'changes') opened.#version = frame.next;
    });
    void opened.#read(streamPaths.letters, { folders: [] }, (line) => {
      for (const frame of framesOfLine(line)) {
        if (frame.type === 'letter') opened.#subjects.add(frame.content.subject);
      }
    });
    return opened;
  }

  /** A note and an answer, as far as they can be given without the network. */
  async work(): Promise<void> {
    const { handlers } = this.#desk;
    const operation = {
      id: newUuid() as OperationId,
      ticketId: this.#ticket.id,
      kind: 'add-note',
      madeAt: Date.now(),
      text: 'Позвонили, просят подождать.',
    } as const;
    const draft = this.#draft();
    const done = [
      await handlers['operations.submit']({ operation }),
      await handlers['drafts.save']({ draft }),
      await handlers['outgoing.send']({ draftId: draft.id, delayMs: 0 }),
    ];
    for (const { ok } of done) if (!ok) throw new Error('the desk did not take the work');
  }

  /** What the desk still lacks; empty when it is where it would be without the cut. */
  async lacks({ version, subject }: Expected): Promise<readonly string[]> {
    const status = await this.#desk.handlers['status.get']({});
    if (!status.ok) return ['status'];
    const { api, mailbox, pendingOperations, outgoing, uncertain } = status.value;
    const lacking: Record<string, boolean> = {
      api: api.state !== 'online',
      mailbox: mailbox.state !== 'online',
      'operations confirmed': pendingOperations > 0,
      'letters sent': outgoing + uncertain > 0,
      'changes of colleagues': this.#version < version,
      'letters of clients': !this.#subjects.has(subject),
    };
    return Object.keys(lacking).filter((what) => lacking[what]);
  }

  async close(): Promise<void> {
    this.#ends.abort();
    await this.#desk.close();
    await rm(this.#dir, { recursive: true, force: true });
  }

  #draft(): Draft {
    const { id, token, client, subject } = this.#ticket;
    return {
      id: newUuid() as DraftId,
      ticketId: id,
      ticketToken: token,
      to: [{ name: client.name, address: client.address }],
      cc: [],
      subject: `Re: ${subject}`,
      text: 'Здравствуйте!\n\nСделали.\n',
      html: '',
      purpose: 'answer',
      fromName: '',
      answerKind: 'solution',
      attachments: [],
      inReplyTo: null,
      references: [],
      ticketVersion: this.#version,
      updatedAt: Date.now(),
    };
  }

  /** One stream, line by line, for as long as the desk stands. */
  async #read(path: string, body: object, take: (line: string) => void): Promise<void> {
    const { signal } = this.#ends;
    const request = new Request(`stp://app${path}`, { method: 'POST', body: JSON.stringify(body), signal });
    const response = await this.#desk.handleStream(request);
    const decoder = new TextDecoder();
    let rest = '';
    try {
      for await (const bytes of response.body ?? []) {
        const lines = (rest + decoder.decode(bytes, { stream: true })).split('\n');
        rest = lines.pop() ?? '';
        for (const line of lines) if (line !== '') take(line);
      }
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }
}
