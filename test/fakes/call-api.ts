import { Value } from 'typebox/value';
import { ApiErrorSchema, type ApiError } from '#shared/protocol/api-error.ts';
import { apiRoutes, type ApiAnswer, type ApiInput, type ApiRouteName } from '#shared/protocol/api-routes.ts';

type Given<N extends ApiRouteName> = {
  readonly [P in keyof ApiInput<N> as ApiInput<N>[P] extends undefined ? never : P]: ApiInput<N>[P];
};

/** Calls a route over HTTP. Whatever comes back must fit the schemas, or this throws. */
export async function callApi<N extends ApiRouteName>(
  url: string,
  name: N,
  token: string | null,
  given: Given<N>,
): Promise<{ ok: true; value: ApiAnswer<N> } | { ok: false; status: number; error: ApiError }> {
  const { status, json } = await fetchApi(url, name, token, given);
  if (status === 200) {
    if (!Value.Check(apiRoutes[name].answer, json)) {
      throw new Error(`${name}: the answer does not fit its schema: ${JSON.stringify(json).slice(0, 500)}`);
    }
    return { ok: true, value: json as ApiAnswer<N> };
  }
  if (!Value.Check(ApiErrorSchema, json)) throw new Error(`${name}: ${status} without an ApiError`);
  return { ok: false, status, error: json };
}

/** The same for calls that must succeed. */
export async function askApi<N extends ApiRouteName>(
  url: string,
  name: N,
  token: string | null,
  given: Given<N>,
): Promise<ApiAnswer<N>> {
  const answer = await callApi(url, name, token, given);
  if (!answer.ok) throw new Error(`${name}: ${answer.status} ${answer.error.kind}: ${answer.error.message}`);
  return answer.value;
}

/** A call with whatever parts, however wrong. */
export async function fetchApi(
  url: string,
  name: ApiRouteName,
  token: string | null,
  given: { readonly params?: unknown; readonly query?: unknown; readonly body?: unknown },
): Promise<{ status: number; json: unknown; headers: Headers }> {
  const { method, path } = apiRoutes[name];
  const id = (given.params as { readonly id?: string } | undefined)?.id;
  const query = Object.entries((given.query ?? {}) as Record<string, unknown>).map(([key, value]) => [
    key,
    String(value),
  ]);
  const search = query.length === 0 ? '' : `?${new URLSearchParams(query).toString()}`;
  const response = await fetch(`${url}${path.replace(':id', id ?? '')}${search}`, {
    method,
    headers: {
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...(given.body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(given.body === undefined ? {} : { body: JSON.stringify(given.body) }),
  });
  return { status: response.status, json: await response.json(), headers: response.headers };
}
