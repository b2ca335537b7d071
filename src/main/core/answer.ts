import { z } from 'zod';
import { InnerloopError, toRequestError } from '../../shared/contract/errors.ts';
import type { CoreFrame } from '../../shared/contract/messages.ts';
import { isRequestName, type RequestHandlers, requests } from '../../shared/contract/requests.ts';

/**
 * Answers one request: validates it, calls its handler, validates the answer. Never throws: every failure becomes a
 * refusal with its code.
 */
export async function answerRequest(
  handlers: RequestHandlers,
  { id, name, body }: { readonly id: number; readonly name: string; readonly body?: unknown },
): Promise<CoreFrame> {
  try {
    return { type: 'answer', id, body: await respond(handlers, name, body) };
  } catch (error) {
    return { type: 'refusal', id, error: toRequestError(error) };
  }
}

async function respond(handlers: RequestHandlers, name: string, body: unknown): Promise<unknown> {
  if (!isRequestName(name)) throw new InnerloopError('invalid-request', `There is no request named ${name}.`);
  const request = requests[name].request.safeParse(body);
  if (!request.success) {
    throw new InnerloopError('invalid-request', `${name}: ${z.prettifyError(request.error)}`);
  }
  const handler = handlers[name] as (request: unknown) => unknown;
  const response = requests[name].response.safeParse(await handler(request.data));
  if (!response.success) {
    throw new InnerloopError('internal', `The answer to ${name} does not fit the contract.`, {
      detail: z.prettifyError(response.error),
    });
  }
  return response.data;
}
