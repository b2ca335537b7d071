import { describe, expect, it } from 'vitest';
import { answerRequest } from '../../src/main/core/answer.ts';
import { InnerloopError } from '../../src/shared/contract/errors.ts';
import { type RequestHandlers, type RequestName, requests } from '../../src/shared/contract/requests.ts';

const handlers = (some: Partial<RequestHandlers>): RequestHandlers => some as RequestHandlers;
const ask = (some: Partial<RequestHandlers>, name: string, body: unknown) =>
  answerRequest(handlers(some), { id: 7, name, body });

describe('answering', () => {
  it('gives the validated answer of the handler, which sees a validated request', async () => {
    const seen: unknown[] = [];
    const frame = await ask(
      {
        'settings.set': (request) => {
          seen.push(request);
          return null;
        },
      },
      'settings.set',
      { key: 'a', value: 'b', more: 'is cut off' },
    );
    expect(frame).toEqual({ type: 'answer', id: 7, body: null });
    expect(seen).toEqual([{ key: 'a', value: 'b' }]);
  });

  it.each([
    ['unknown.request', null],
    ['toString', null],
    ['__proto__', null],
    ['settings.set', { key: '', value: 'b' }],
    ['settings.set', null],
    ['runs.get', { id: 'x'.repeat(65) }],
    ['runs.list', { filter: 'x'.repeat(2001) }],
  ])('refuses %s with %j without calling anything', async (name, body) => {
    const frame = await ask({}, name, body);
    expect(frame).toMatchObject({ type: 'refusal', id: 7, error: { code: 'invalid-request' } });
  });

  it('passes on code, detail and fields of what a handler throws, and calls the rest a bug', async () => {
    const thrown = new InnerloopError('in-use', 'Taken.', {
      detail: 'd',
      fields: [{ path: 'p', message: 'm', allowed: 'a' }],
    });
    const throwing = (error: unknown): Partial<RequestHandlers> => ({
      'queue.get': () => {
        throw error;
      },
    });
    expect(await ask(throwing(thrown), 'queue.get', null)).toMatchObject({
      error: { code: 'in-use', message: 'Taken.', detail: 'd', fields: [{ path: 'p' }] },
    });
    expect(await ask(throwing(new TypeError('x is undefined')), 'queue.get', null)).toMatchObject({
      error: { code: 'internal', detail: expect.stringMatching(/answer\.test/) },
    });
    const full = Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' });
    expect(await ask(throwing(full), 'queue.get', null)).toMatchObject({ error: { code: 'no-space' } });
  });

  it('does not let an answer out that breaks the contract', async () => {
    const broken = { running: [], queued: [], mode: 'ajar', estimatedMs: null } as never;
    expect(await ask({ 'queue.get': () => broken }, 'queue.get', null)).toMatchObject({
      error: { code: 'internal', message: expect.stringMatching(/queue\.get does not fit/) },
    });
  });

  it('validates every request of the contract', async () => {
    for (const name of Object.keys(requests) as RequestName[]) {
      const frame = await ask({}, name, { nonsense: Symbol.iterator.toString() });
      expect(frame).toMatchObject({ type: 'refusal', error: { code: 'invalid-request' } });
    }
  });
});
