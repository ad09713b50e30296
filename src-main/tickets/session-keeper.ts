import type { Clock } from '#shared/clock.ts';
import type { Agent } from '#shared/protocol/agent.ts';
import type { MailboxRecord } from '#shared/protocol/mailbox-record.ts';
import type { Login, Session } from '#shared/protocol/session.ts';
import type { ProfileVault } from '../vault/profile-vault.ts';
import type { VaultSecrets } from '../vault/vault-secrets.ts';
import type { ApiTokens, TokenKeeper } from './api-tokens.ts';

/** The moment of the last contact is written this often: nobody needs it more exactly. */
const contactEveryMs = 10 * 60_000;

export interface SessionKeeperEvents {
  /** A log-in or a refresh went well. */
  readonly onRenewed: () => void;
  /** The API will not have these tokens any more. */
  readonly onRefused: () => void;
}

/** The tokens and facts of one log-in: in memory, and in the vault once there is one. */
export class SessionKeeper implements TokenKeeper {
  readonly #events: SessionKeeperEvents;
  readonly #clock: Clock;
  #access: ApiTokens['access'] = null;
  #refresh: ApiTokens['refresh'] = null;
  #credentials: Login | null;
  #vault: ProfileVault | null = null;
  #secrets: VaultSecrets | null = null;

  constructor(clock: Clock, credentials: Login | null, events: SessionKeeperEvents) {
    this.#clock = clock;
    this.#credentials = credentials;
    this.#events = events;
  }

  read(): ApiTokens {
    return { access: this.#access, refresh: this.#refresh };
  }

  credentials(): Login | null {
    return this.#credentials;
  }

  get secrets(): VaultSecrets | null {
    return this.#secrets;
  }

  /** From now on everything is kept in the vault; resolves when it is there. */
  async attach(vault: ProfileVault, secrets: VaultSecrets): Promise<void> {
    this.#vault = vault;
    this.#secrets = secrets;
    this.#refresh ??= secrets.refreshToken;
    await this.#keep({ refreshToken: this.#refresh });
  }

  async renewed(session: Session): Promise<void> {
    this.#credentials = null;
    this.#access = { token: session.accessToken, expiresAt: session.accessExpiresAt };
    this.#refresh = { token: session.refreshToken, expiresAt: session.refreshExpiresAt };
    await this.#keep({
      refreshToken: this.#refresh,
      agent: session.agent,
      epoch: session.epoch,
      lastContactAt: session.serverTime,
    });
    this.#events.onRenewed();
  }

  refused(): void {
    this.#credentials = null;
    this.#access = null;
    this.#refresh = null;
    // Whom the API refuses does not work on offline either.
    void this.#keep({ refreshToken: null, lastContactAt: 0 });
    this.#events.onRefused();
  }

  /** The API answered. */
  contacted(serverNow: number): void {
    const last = this.#secrets?.lastContactAt ?? serverNow;
    if (this.#access !== null && serverNow - last > contactEveryMs)
      void this.#keep({ lastContactAt: serverNow });
  }

  async keepAgent(agent: Agent): Promise<void> {
    await this.#keep({ agent });
  }

  async keepMailbox(mailbox: MailboxRecord | null): Promise<void> {
    await this.#keep({ mailbox });
  }

  /** Logged out: the tokens are gone from here and from the vault. */
  async forget(): Promise<void> {
    this.#credentials = null;
    this.#access = null;
    this.#refresh = null;
    await this.#keep({ refreshToken: null });
  }

  /** True while the agent may work without the API's word. */
  offlineAllowed(forMs: number): boolean {
    const last = this.#secrets?.lastContactAt ?? 0;
    return this.#clock.now() - last <= forMs;
  }

  async #keep(change: Partial<VaultSecrets>): Promise<void> {
    if (this.#vault === null || this.#secrets === null) return;
    this.#secrets = { ...this.#secrets, ...change };
    // On a full disk the session goes on in memory and the next start asks for the password.
    await this.#vault.writeSecrets(this.#secrets);
  }
}
