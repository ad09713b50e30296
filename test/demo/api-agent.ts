import { v7 as uuidv7 } from 'uuid';
import type { OperationId } from '#shared/ids.ts';
import type { Agent } from '#shared/protocol/agent.ts';
import type { OperationAnswer } from '#shared/protocol/operations.ts';
import type { ApiAnswer, ApiRouteName } from '#shared/protocol/api-routes.ts';
import type { Operation } from '#shared/ticket/operation.ts';
import { askApi, type callApi } from '../fakes/call-api.ts';

/** An agent who works over the API alone, logged in as at a desk. */
export class ApiAgent {
  readonly agent: Agent;
  readonly #url: string;
  readonly #token: string;

  private constructor(url: string, agent: Agent, token: string) {
    this.#url = url;
    this.agent = agent;
    this.#token = token;
  }

  static async logIn(url: string, login: string, password: string): Promise<ApiAgent> {
    const session = await askApi(url, 'logIn', null, { body: { login, password } });
    return new ApiAgent(url, session.agent, session.accessToken);
  }

  async ask<N extends ApiRouteName>(name: N, given: Parameters<typeof callApi<N>>[3]): Promise<ApiAnswer<N>> {
    return await askApi(this.#url, name, this.#token, given);
  }

  /** Operations in their order, in batches as large as the API takes; answers what was refused. */
  async push(operations: readonly Operation[]): Promise<OperationAnswer[]> {
    const refused: OperationAnswer[] = [];
    for (let start = 0; start < operations.length; start += batchSize) {
      const body = { operations: operations.slice(start, start + batchSize) };
      const { answers } = await this.ask('pushOperations', { body });
      refused.push(...answers.filter(({ outcome }) => outcome !== 'applied'));
    }
    return refused;
  }
}

const batchSize = 500;

/** An operation's id as a desk would have made it at that moment. */
export function operationId(at: number, bytes: Uint8Array): OperationId {
  return uuidv7({ msecs: at, random: bytes }) as OperationId;
}
