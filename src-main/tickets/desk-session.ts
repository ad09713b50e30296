import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { BridgeError } from '#shared/bridge/bridge-error.ts';
import type { SessionState } from '#shared/bridge/desk-status.ts';
import type { Clock } from '#shared/clock.ts';
import type { Agent } from '#shared/protocol/agent.ts';
import type { MailboxRecord } from '#shared/protocol/mailbox-record.ts';
import type { Login, Session } from '#shared/protocol/session.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { Log } from '../log.ts';
import { diskProblem } from '../journal/disk.ts';
import { DeskFile } from '../vault/desk-file.ts';
import type { KeyStore } from '../vault/key-store.ts';
import type { ScryptCost } from '../vault/password-wrap.ts';
import { ProfileVault, type Escrow, type VaultError } from '../vault/profile-vault.ts';
import { canonicalApiUrl } from './api-address.ts';
import type { ApiCallError } from './api-call-error.ts';
import type { ApiClient } from './api-client.ts';
import { bridgeKind } from './bridge-kind.ts';
import { connectSession, escrowOf, profileIdOf, type Connected, type SignedIn } from './connect-session.ts';
import type { SessionKeeper } from './session-keeper.ts';

export interface DeskSessionOptions {
  /** Electron's userData folder; profiles lie in `profiles/<profileId>`. */
  readonly userData: string;
  readonly keyStore: KeyStore;
  readonly clock: Clock;
  readonly log: Log;
  /** How hard the password is to guess; tests take less. */
  readonly cost?: ScryptCost;
}

export interface LogIn {
  readonly apiUrl: string;
  readonly login: string;
  readonly password: string;
  /** PEM; null for none, undefined for the one that was chosen for this address before. */
  readonly certificateAuthority?: string | null | undefined;
}

/** With what was chosen before filled in. */
interface SettledLogIn extends LogIn {
  readonly certificateAuthority: string | null;
}

export interface SessionError {
  readonly kind: BridgeError['kind'];
}

/** Why an agent who did not log out is not let in without a password. */
type WhySignedOut = NonNullable<Extract<SessionState, { state: 'signed-out' }>['why']>;

const offlineDaysMs = 7 * 24 * 3_600_000;
const logOutPatienceMs = 3_000;

/**
 * Who works at this desk.
 *
 *     signed-out --logIn--> signed-in --logOut, refused by the API--> signed-out
 *     start --resume--> signed-in, offline until the API has answered
 *
 * An agent may open the desk without the API for seven days after its last answer. Logging out forgets the tokens and
 * keeps the journal. Two agents on one computer are two profiles. Changes happen one after the other.
 */
export class DeskSession {
  readonly #options: DeskSessionOptions;
  readonly #listeners = new Set<(state: SessionState) => void>();
  #desk: DeskFile | null = null;
  #current: SignedIn | null = null;
  #offline = true;
  #why: WhySignedOut | null = null;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(options: DeskSessionOptions) {
    this.#options = options;
  }

  get state(): SessionState {
    const secrets = this.#current?.keeper.secrets ?? null;
    if (this.#current === null || secrets === null) {
      const { apiUrl = '', login = '', certificateAuthority = null } = this.#desk?.facts.last ?? {};
      return {
        state: 'signed-out',
        apiUrl,
        login,
        hasCertificate: certificateAuthority !== null,
        ...(this.#why === null ? {} : { why: this.#why }),
      };
    }
    return {
      state: 'signed-in',
      apiUrl: this.#current.api.baseUrl,
      agent: secrets.agent,
      profileId: this.#current.profileId,
      offline: this.#offline,
      mailboxAddress: secrets.mailbox?.address ?? null,
    };
  }

  /** Null while nobody is signed in. */
  get current(): SignedIn | null {
    return this.#current;
  }

  /** Null until it is known, or when none is set. */
  get mailbox(): MailboxRecord | null {
    return this.#current?.keeper.secrets?.mailbox ?? null;
  }

  /** Tells every new state. */
  subscribe(listener: (state: SessionState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Names this installation in leases; random, made at the first call. */
  async deskId(): Promise<string> {
    return (await this.#deskFile()).facts.deskId;
  }

  /** Opens the desk at start without a password when it was not logged out; else it is signed out. */
  async resume(): Promise<SessionState> {
    return await this.#inTurn(async () => {
      const profile = (await this.#deskFile()).activeProfile;
      if (this.#current !== null || profile === null) return this.state;
      const vault = await this.#openVault(profile.id, null, null);
      const secrets = vault.ok ? await vault.value.readSecrets() : null;
      if (!vault.ok) this.#why = 'key-needed';
      if (!vault.ok || secrets === null || secrets.refreshToken === null) return this.state;
      const { api, keeper } = this.#connect(profile.apiUrl, secrets.certificateAuthority, null);
      await keeper.attach(vault.value, secrets);
      if (!keeper.offlineAllowed(offlineDaysMs)) {
        const answer = await api.call('getMailbox', {});
        if (!answer.ok && answer.error.kind !== 'forbidden') {
          await api.close();
          this.#why = answer.error.kind === 'unauthorised' ? 'session-ended' : 'offline-too-long';
          return this.state;
        }
      }
      this.#enter({ profileId: profile.id, dir: this.#dirOf(profile.id), vault: vault.value, api, keeper });
      void this.refreshMailbox();
      return this.state;
    });
  }

  /**
   * Logs an agent in, in place of one who is signed in.
   *
   * The first time on this computer the API must answer; later, while it is away, the password opens the desk for the
   * days that offline work is allowed, and logs in as soon as the API is back.
   */
  async logIn(wanted: LogIn): Promise<Result<SessionState, SessionError>> {
    return await this.#inTurn(async () => {
      const address = canonicalApiUrl(wanted.apiUrl);
      if (!address.ok) return err({ kind: address.error });
      const { last } = (await this.#deskFile()).facts;
      // Chosen once for an address, it need not be chosen at every log-in.
      const before = last.apiUrl === address.value ? last.certificateAuthority : null;
      const { certificateAuthority = before, password } = wanted;
      const login = { apiUrl: address.value, login: wanted.login.trim(), password, certificateAuthority };
      const { api, keeper } = this.#connect(login.apiUrl, login.certificateAuthority, null);
      const session = await api.call('logIn', { body: { login: login.login, password } });
      const entered = session.ok
        ? await this.#enterOnline(login, session.value, api, keeper)
        : await this.#enterOffline(login, session.error, wanted.certificateAuthority === undefined);
      if (!entered.ok) {
        await api.close();
        return entered;
      }
      if (!session.ok) await api.close();
      return ok(this.state);
    });
  }

  /** Takes the tokens back on the API where it answers, forgets them here, keeps the journal. */
  async logOut(): Promise<SessionState> {
    return await this.#inTurn(async () => {
      const { current } = this;
      if (current === null) return this.state;
      await current.api.call('logOut', { body: {} }, { signal: AbortSignal.timeout(logOutPatienceMs) });
      await current.keeper.forget();
      await this.#leave();
      return this.state;
    });
  }

  /** Asks the API for the mailbox record and keeps it. Agents without the right to it keep none, nor an older one. */
  async refreshMailbox(): Promise<Result<MailboxRecord | null, ApiCallError>> {
    const { current } = this;
    if (current === null) return err({ kind: 'unauthorised', message: 'Nobody is signed in.' });
    const answer = await current.api.call('getMailbox', {});
    if (!answer.ok && answer.error.kind !== 'forbidden') return answer;
    const mailbox = answer.ok ? answer.value.mailbox : null;
    const changed = mailbox?.revision !== current.keeper.secrets?.mailbox?.revision;
    if (changed && current === this.#current) {
      await current.keeper.keepMailbox(mailbox);
      this.#tell();
    }
    return ok(mailbox);
  }

  /** The feed tells of a member of the service: who works here may have another name, group or role now. */
  async noticeAgent(agent: Agent): Promise<void> {
    const { current } = this;
    const known = current?.keeper.secrets?.agent;
    if (current === null || known?.id !== agent.id || isDeepStrictEqual(known, agent)) return;
    await current.keeper.keepAgent(agent);
    if (current !== this.#current) return;
    this.#tell();
    if (known.role !== agent.role) await this.refreshMailbox();
  }

  /** Goes on under a new password: the API has ended every session that was begun under the old one. */
  async renewPassword(password: string): Promise<Result<SessionState, SessionError>> {
    const { current } = this;
    const secrets = current?.keeper.secrets ?? null;
    if (current === null || secrets === null) return err({ kind: 'not-signed-in' });
    const { agent, certificateAuthority } = secrets;
    return await this.logIn({
      apiUrl: current.api.baseUrl,
      login: agent.login,
      password,
      certificateAuthority,
    });
  }

  /** Ends the connections; who is signed in stays so for the next start. */
  async close(): Promise<void> {
    await this.#inTurn(async () => {
      await this.#current?.api.close();
      this.#current = null;
    });
  }

  async #enterOnline(
    login: SettledLogIn,
    session: Session,
    api: ApiClient,
    keeper: SessionKeeper,
  ): Promise<Result<void, SessionError>> {
    await keeper.renewed(session);
    const profileId = profileIdOf(login.apiUrl, session.agent);
    const opened = await this.#openVault(profileId, login.password, escrowOf(api));
    if (!opened.ok) return err({ kind: sessionKind(opened.error) });
    const vault = opened.value;
    const before = await vault.readSecrets();
    const { refreshToken: token, refreshExpiresAt: expiresAt } = session;
    try {
      await keeper.attach(vault, {
        v: 1,
        agent: session.agent,
        refreshToken: { token, expiresAt },
        lastContactAt: session.serverTime,
        epoch: session.epoch,
        mailbox: before?.mailbox ?? null,
        certificateAuthority: login.certificateAuthority,
      });
      await (await this.#deskFile()).remember(login, profileId);
    } catch (error) {
      return err({ kind: diskProblem(error) });
    }
    await this.#replace({ profileId, dir: this.#dirOf(profileId), vault, api, keeper });
    // Before the answer: the mailbox starts with the record, not without one.
    await this.refreshMailbox();
    return ok(undefined);
  }

  async #enterOffline(
    login: SettledLogIn,
    problem: ApiCallError,
    keepsCertificate: boolean,
  ): Promise<Result<void, SessionError>> {
    const kind = bridgeKind(problem);
    if (kind !== 'unreachable') return err({ kind });
    const desk = await this.#deskFile();
    const here = desk.facts.profiles.filter(({ apiUrl }) => apiUrl === login.apiUrl);
    // Nobody ever worked with this address here: more likely it is mistyped than the API away.
    if (here.length === 0) return err({ kind });
    const profile = here.find((known) => known.login === login.login);
    if (profile === undefined) return err({ kind: 'offline-not-possible' });
    const dir = this.#dirOf(profile.id);
    if (!(await ProfileVault.passwordFits(dir, profile.id, login.password))) {
      return err({ kind: 'wrong-credentials' });
    }
    const vault = await this.#openVault(profile.id, login.password, null);
    if (!vault.ok) return err({ kind: sessionKind(vault.error) });
    const secrets = await vault.value.readSecrets();
    if (secrets === null) return err({ kind: 'offline-not-possible' });
    const authority = login.certificateAuthority ?? (keepsCertificate ? secrets.certificateAuthority : null);
    const credentials = { login: login.login, password: login.password };
    const { api, keeper } = this.#connect(login.apiUrl, authority, credentials);
    await keeper.attach(vault.value, { ...secrets, certificateAuthority: authority });
    if (!keeper.offlineAllowed(offlineDaysMs)) {
      await api.close();
      return err({ kind: 'offline-not-possible' });
    }
    // On a full disk the next start opens whom it opened before; now the agent is let in all the same.
    await desk.remember(login, profile.id).catch(() => {});
    await this.#replace({ profileId: profile.id, dir, vault: vault.value, api, keeper });
    return ok(undefined);
  }

  #connect(baseUrl: string, certificateAuthority: string | null, credentials: Login | null): Connected {
    const { clock } = this.#options;
    const connected = connectSession(
      { baseUrl, certificateAuthority, credentials, clock },
      {
        onRenewed: () => {
          if (this.#current?.keeper !== connected.keeper) return;
          this.#offline = false;
          this.#tell();
          void this.refreshMailbox();
        },
        onRefused: () => {
          void this.#inTurn(async () => {
            if (this.#current?.keeper === connected.keeper) await this.#leave('session-ended');
          });
        },
      },
    );
    return connected;
  }

  async #openVault(
    profileId: string,
    password: string | null,
    escrow: Escrow | null,
  ): Promise<Result<ProfileVault, VaultError>> {
    const { keyStore, cost } = this.#options;
    const dir = this.#dirOf(profileId);
    const opened = await ProfileVault.open({
      dir,
      profileId,
      keyStore,
      password,
      escrow,
      ...(cost === undefined ? {} : { cost }),
    });
    if (!opened.ok) this.#options.log.warn('vault.closed', { profileId, kind: opened.error.kind });
    return opened;
  }

  async #replace(next: SignedIn): Promise<void> {
    const before = this.#current;
    this.#enter(next);
    await before?.api.close();
  }

  #enter(next: SignedIn): void {
    this.#current = next;
    this.#why = null;
    this.#offline = next.keeper.read().access === null;
    this.#options.log.info('session.entered', { profileId: next.profileId, offline: this.#offline });
    this.#tell();
  }

  async #leave(why: WhySignedOut | null = null): Promise<void> {
    const { current } = this;
    this.#current = null;
    this.#why = why;
    const desk = await this.#deskFile();
    // On a full disk the file keeps its old word; without a refresh token the next start is signed out all the same.
    await desk.deactivate().catch(() => {});
    this.#options.log.info('session.left', { profileId: current?.profileId ?? '' });
    this.#tell();
    await current?.api.close();
  }

  async #deskFile(): Promise<DeskFile> {
    this.#desk ??= await DeskFile.open(this.#options.userData);
    return this.#desk;
  }

  #dirOf(profileId: string): string {
    return join(this.#options.userData, 'profiles', profileId);
  }

  #tell(): void {
    const { state } = this;
    for (const listener of this.#listeners) listener(state);
  }

  #inTurn<T>(run: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(run);
    this.#turn = result.catch(() => null);
    return result;
  }
}

function sessionKind({ kind }: VaultError): BridgeError['kind'] {
  return kind === 'escrow-unreachable' ? 'unreachable' : kind;
}
