import { createSecureContext, type SecureContext } from 'node:tls';
import { Compile, type Validator } from 'typebox/compile';
import { Agent, type Dispatcher } from 'undici';
import type { Clock } from '#shared/clock.ts';
import { ApiErrorSchema } from '#shared/protocol/api-error.ts';
import { apiRoutes, type ApiAnswer, type ApiInput, type ApiRouteName } from '#shared/protocol/api-routes.ts';
import {
  protocolVersion,
  protocolVersionHeader,
  serverTimeHeader,
} from '#shared/protocol/protocol-version.ts';
import type { Session } from '#shared/protocol/session.ts';
import { err, ok, type Result } from '#shared/result.ts';
import { trustedRoots } from '../network/trusted-roots.ts';
import { transportError, type ApiCallError } from './api-call-error.ts';
import type { TokenKeeper } from './api-tokens.ts';
import { ClockOffset } from './clock-offset.ts';

export interface ApiClientOptions {
  /** In the form of `canonicalApiUrl`. */
  readonly baseUrl: string;
  /** PEM of an own certificate authority, trusted besides the usual ones. */
  readonly certificateAuthority: string | null;
  readonly clock: Clock;
  readonly tokens: TokenKeeper;
  /** How long an answer may take, and a pause within it. */
  readonly timeoutMs?: number;
}

/** The parts that a route has; those that it lacks may be left out. */
export type CallInput<N extends ApiRouteName> = {
  readonly [P in keyof ApiInput<N> as ApiInput<N>[P] extends undefined ? never : P]: ApiInput<N>[P];
} & { readonly [P in keyof ApiInput<N> as ApiInput<N>[P] extends undefined ? P : never]?: undefined };

interface CallOptions {
  readonly signal?: AbortSignal;
}

/** A page of the feed may be large; nothing of the protocol is larger. */
const maxAnswerBytes = 64 * 1024 * 1024;

/** An access token this near its end is renewed before it is used. */
const renewBeforeMs = 30_000;

const errorValidator = Compile(ApiErrorSchema);

/**
 * The ticket API as its route table describes it: one way to call, answers checked against the schema.
 *
 * Tokens are renewed by the client itself, by one request however many calls need it; a call that the API answers with
 * `unauthorised` is tried once more with new tokens.
 */
export class ApiClient {
  readonly baseUrl: string;
  readonly #clock: Clock;
  readonly #tokens: TokenKeeper;
  readonly #agent: Agent;
  readonly #timeoutMs: number;
  readonly #offset = new ClockOffset();
  readonly #validators = new Map<ApiRouteName, Validator>();
  readonly #listeners = new Set<(problem: ApiCallError | null) => void>();
  #renewal: Promise<ApiCallError | null> | null = null;

  constructor(options: ApiClientOptions) {
    this.baseUrl = options.baseUrl;
    this.#clock = options.clock;
    this.#tokens = options.tokens;
    this.#timeoutMs = options.timeoutMs ?? 30_000;
    this.#agent = new Agent({
      connect: { timeout: 10_000, ...tlsOf(options) },
      headersTimeout: this.#timeoutMs,
      bodyTimeout: this.#timeoutMs,
      maxResponseSize: maxAnswerBytes,
    });
  }

  /** The API's clock minus this computer's: the median of the last few answers; 0 before the first. */
  get clockOffsetMs(): number {
    return this.#offset.ms;
  }

  /** The present moment by the API's clock, as well as it is known. */
  serverNow(): number {
    return this.#clock.now() + this.#offset.ms;
  }

  /** Tells how each call ended that asked the API: null for an answer, also a refusal of the very request. */
  subscribe(listener: (problem: ApiCallError | null) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async call<N extends ApiRouteName>(
    name: N,
    input: CallInput<N>,
    options: CallOptions = {},
  ): Promise<Result<ApiAnswer<N>, ApiCallError>> {
    const answer = await this.#answered(name, input, options);
    const problem = answer.ok || isAboutRequest(answer.error) ? null : answer.error;
    if (problem?.kind !== 'aborted') for (const listener of this.#listeners) listener(problem);
    return answer;
  }

  /**
   * Opens an answer that has no end, `GET path`; bytes are yielded as they come. Throws within the iteration when the
   * connection breaks or stays silent for `silenceMs`.
   */
  async openStream(
    path: string,
    options: { readonly signal: AbortSignal; readonly silenceMs: number },
  ): Promise<Result<AsyncIterable<Uint8Array>, ApiCallError>> {
    const attempt = async (): Promise<Result<AsyncIterable<Uint8Array>, ApiCallError>> => {
      const response = await this.#send('GET', path, undefined, this.#accessToken(), options);
      if (!response.ok) return response;
      const { statusCode, body } = response.value;
      if (statusCode === 200) return ok(body);
      const answer = await this.#readAnswer(response.value, options.signal);
      return answer.ok ? err({ kind: 'unexpected-answer', message: 'No stream.' }) : answer;
    };
    return await this.#withTokens(attempt);
  }

  /** Ends all connections; calls that are under way end with `unreachable`. */
  async close(): Promise<void> {
    await this.#agent.destroy();
  }

  async #answered<N extends ApiRouteName>(
    name: N,
    input: RequestParts,
    options: CallOptions,
  ): Promise<Result<ApiAnswer<N>, ApiCallError>> {
    const { method, role } = apiRoutes[name];
    const attempt = async (): Promise<Result<unknown, ApiCallError>> => {
      const token = role === 'public' ? null : this.#accessToken();
      const response = await this.#send(method, pathOf(name, input), input.body, token, options);
      return response.ok ? await this.#readAnswer(response.value, options.signal) : response;
    };
    const answer = role === 'public' ? await attempt() : await this.#withTokens(attempt);
    if (!answer.ok) return answer;
    return this.#validator(name).Check(answer.value)
      ? ok(answer.value as ApiAnswer<N>)
      : err({ kind: 'unexpected-answer', message: `${name}: the answer does not fit its schema.` });
  }

  /** Runs an attempt with a fresh token, and once more when the API did not take it. */
  async #withTokens<T>(attempt: () => Promise<Result<T, ApiCallError>>): Promise<Result<T, ApiCallError>> {
    const { access } = this.#tokens.read();
    if (access === null || access.expiresAt - renewBeforeMs < this.serverNow()) {
      const problem = await this.#renew();
      if (problem !== null) return err(problem);
    }
    const used = this.#accessToken();
    const answer = await attempt();
    if (answer.ok || answer.error.kind !== 'unauthorised') return answer;
    // Somebody else may have renewed the tokens while this call was under way.
    if (this.#accessToken() === used) {
      const problem = await this.#renew();
      if (problem !== null) return err(problem);
    }
    return await attempt();
  }

  #accessToken(): string | null {
    return this.#tokens.read().access?.token ?? null;
  }

  /** One renewal at a time: a refresh token that is presented again after its successor was used ends the session. */
  #renew(): Promise<ApiCallError | null> {
    this.#renewal ??= this.#renewNow().finally(() => {
      this.#renewal = null;
    });
    return this.#renewal;
  }

  async #renewNow(): Promise<ApiCallError | null> {
    const { refresh } = this.#tokens.read();
    const credentials = this.#tokens.credentials();
    let renewed: Result<Session, ApiCallError>;
    if (credentials !== null) renewed = await this.call('logIn', { body: credentials });
    else if (refresh !== null)
      renewed = await this.call('refresh', { body: { refreshToken: refresh.token } });
    else return { kind: 'unauthorised', message: 'There are no tokens.' };
    if (renewed.ok) {
      await this.#tokens.renewed(renewed.value);
      return null;
    }
    const { kind } = renewed.error;
    if (kind === 'unauthorised' || kind === 'wrong-credentials') this.#tokens.refused();
    return renewed.error;
  }

  async #send(
    method: Dispatcher.HttpMethod,
    path: string,
    body: unknown,
    token: string | null,
    options: { readonly signal?: AbortSignal; readonly silenceMs?: number },
  ): Promise<Result<Dispatcher.ResponseData, ApiCallError>> {
    const url = new URL(this.baseUrl + path);
    const sentAt = this.#clock.now();
    try {
      const response = await this.#agent.request({
        origin: url.origin,
        path: url.pathname + url.search,
        method,
        headers: {
          [protocolVersionHeader]: String(protocolVersion),
          accept: 'application/json',
          ...(token === null ? {} : { authorization: `Bearer ${token}` }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        body: body === undefined ? null : JSON.stringify(body),
        signal: options.signal ?? null,
        bodyTimeout: options.silenceMs ?? this.#timeoutMs,
      });
      const serverAt = Number(response.headers[serverTimeHeader] ?? Number.NaN);
      if (Number.isFinite(serverAt)) this.#offset.add(sentAt, this.#clock.now(), serverAt);
      return ok(response);
    } catch (error) {
      return err(transportError(error, options.signal));
    }
  }

  async #readAnswer(
    response: Dispatcher.ResponseData,
    signal: AbortSignal | undefined,
  ): Promise<Result<unknown, ApiCallError>> {
    let text: string;
    try {
      text = await response.body.text();
    } catch (error) {
      return err(transportError(error, signal));
    }
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      // Falls through: a proxy's page, or an answer cut short.
    }
    const { statusCode } = response;
    if (statusCode === 200 && value !== undefined) return ok(value);
    const wait = retryAfterMs(response.headers);
    if (statusCode >= 400 && errorValidator.Check(value)) {
      return err(
        value.retryAfterMs === undefined && wait !== null ? { ...value, retryAfterMs: wait } : value,
      );
    }
    const message = `HTTP status ${String(statusCode)}`;
    // A body limit, ours or a proxy's: the request is at fault, and a smaller one may pass.
    if (statusCode === 413) return err({ kind: 'invalid', message });
    // A proxy in front of an API that is away, or that protects it.
    const away = statusCode === 429 || (statusCode >= 502 && statusCode <= 504);
    return err({
      kind: away ? 'unavailable' : 'unexpected-answer',
      message,
      ...(wait === null ? {} : { retryAfterMs: wait }),
    });
  }

  #validator(name: ApiRouteName): Validator {
    const known = this.#validators.get(name);
    if (known !== undefined) return known;
    const made: Validator = Compile(apiRoutes[name].answer);
    this.#validators.set(name, made);
    return made;
  }
}

/** More than this is a mistake of whoever says so. */
const longestRetryAfterMs = 24 * 3_600_000;

interface RequestParts {
  readonly params?: { readonly id: string } | undefined;
  readonly query?: Readonly<Record<string, string | number | undefined>> | undefined;
  readonly body?: unknown;
}

function pathOf(name: ApiRouteName, { params, query }: RequestParts): string {
  const path = apiRoutes[name].path.replace(':id', encodeURIComponent(params?.id ?? ''));
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query ?? {})) {
    if (value !== undefined) search.set(key, String(value));
  }
  return search.size === 0 ? path : `${path}?${search.toString()}`;
}

/** True when the API is there and well, and refused this very request. */
function isAboutRequest({ kind }: ApiCallError): boolean {
  return (
    kind === 'invalid' ||
    kind === 'forbidden' ||
    kind === 'not-found' ||
    kind === 'conflict' ||
    kind === 'epoch-changed' ||
    kind === 'too-many-attempts'
  );
}

/** RFC 9110 §10.2.3: seconds, or a date, which is read by the clock of whoever says it (`Date`). */
function retryAfterMs(headers: Dispatcher.ResponseData['headers']): number | null {
  const { 'retry-after': after, date } = headers;
  if (typeof after !== 'string') return null;
  if (/^\d{1,6}$/u.test(after)) return Math.min(Number(after) * 1000, longestRetryAfterMs);
  const waitMs = Date.parse(after) - Date.parse(typeof date === 'string' ? date : '');
  return Number.isNaN(waitMs) ? null : Math.min(Math.max(waitMs, 0), longestRetryAfterMs);
}

/** One context for all connections: reading hundreds of certificates stops the event loop for a while each time. */
function tlsOf({ baseUrl, certificateAuthority }: ApiClientOptions): { secureContext?: SecureContext } {
  if (!baseUrl.startsWith('https:')) return {};
  return { secureContext: createSecureContext({ ca: trustedRoots(certificateAuthority) }) };
}
