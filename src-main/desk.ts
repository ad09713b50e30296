import type { EmitEvent } from '#shared/bridge/bridge-client.ts';
import type { BridgeError } from '#shared/bridge/bridge-error.ts';
import type { SessionState } from '#shared/bridge/desk-status.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { SignedIn } from './tickets/connect-session.ts';
import type { DeskSession, LogIn } from './tickets/desk-session.ts';
import type { StatusBoard } from './status-board.ts';
import type { Workplace } from './workplace.ts';

export interface DeskParts {
  readonly session: DeskSession;
  readonly status: StatusBoard;
  readonly emit: EmitEvent;
  readonly openWorkplace: (signedIn: SignedIn) => Promise<Result<Workplace, BridgeError>>;
}

/**
 * Lets a workplace follow the session: one stands while somebody is signed in, for the role they have. Windows hear of a new session only
 * when its workplace can be worked at.
 */
export class DeskOfAgent {
  readonly session: DeskSession;
  readonly status: StatusBoard;
  readonly #parts: DeskParts;
  #workplace: Workplace | null = null;
  #following: Promise<Result<void, BridgeError>> = Promise.resolve(ok(undefined));

  constructor(parts: DeskParts) {
    this.#parts = parts;
    this.session = parts.session;
    this.status = parts.status;
    this.session.subscribe(() => void this.#follow());
  }

  /** Null while nobody is signed in. */
  get workplace(): Workplace | null {
    return this.#workplace;
  }

  /** Who works here, as far as a workplace stands. */
  get state(): SessionState {
    const { state } = this.session;
    if (state.state === 'signed-out' || this.#workplace !== null) return state;
    const { apiUrl, agent } = state;
    const authority = this.session.current?.keeper.secrets?.certificateAuthority ?? null;
    return { state: 'signed-out', apiUrl, login: agent.login, hasCertificate: authority !== null };
  }

  async resume(): Promise<void> {
    await this.session.resume();
    await this.#follow();
  }

  async logIn(wanted: LogIn): Promise<Result<SessionState, BridgeError>> {
    const entered = await this.session.logIn(wanted);
    if (!entered.ok) return entered;
    const followed = await this.#follow();
    if (!followed.ok) {
      await this.session.logOut();
      return followed;
    }
    return ok(this.state);
  }

  async logOut(): Promise<SessionState> {
    await this.#workplace?.letGo();
    await this.session.logOut();
    await this.#follow();
    return this.state;
  }

  async close(): Promise<void> {
    await this.#following;
    await this.#workplace?.letGo();
    await this.#workplace?.close();
    this.#workplace = null;
    await this.session.close();
  }

  /** Brings the workplace in line with the session; one call after the other. */
  #follow(): Promise<Result<void, BridgeError>> {
    const followed = this.#following.then(() => this.#change());
    this.#following = followed.catch(() => err({ kind: 'internal' }));
    return followed;
  }

  async #change(): Promise<Result<void, BridgeError>> {
    const { session, status, emit, openWorkplace } = this.#parts;
    const { current } = session;
    let opened: Result<void, BridgeError> = ok(undefined);
    const role = current?.keeper.secrets?.agent.role;
    const place = this.#workplace;
    if (place !== null && (place.signedIn !== current || place.role !== role)) {
      await place.close();
      this.#workplace = null;
      status.reset();
    }
    if (current !== null && this.#workplace === null) {
      const next = await openWorkplace(current);
      if (next.ok) {
        this.#workplace = next.value;
        await next.value.start(session.mailbox);
      } else {
        opened = next;
      }
    }
    await this.#workplace?.useMailbox(session.mailbox);
    emit('session.changed', this.state);
    return opened;
  }
}
