import { InnerloopError } from '../../shared/contract/errors.ts';
import type { ClientFrame, CoreFrame } from '../../shared/contract/messages.ts';

type Settled = Extract<CoreFrame, { readonly type: 'answer' | 'refusal' }>;

/** Requests that were sent and not yet answered. */
export interface Pending {
  /** Sends a request; resolves to the body of its answer. */
  ask(name: string, body: unknown, send: (frame: ClientFrame) => void): Promise<unknown>;
  settle(frame: Settled): void;
  /** Rejects all that wait. */
  rejectAll(error: InnerloopError): void;
}

export function createPending(): Pending {
  const waiting = new Map<number, { resolve(body: unknown): void; reject(error: InnerloopError): void }>();
  let lastId = 0;
  return {
    ask(name, body, send) {
      lastId++;
      const id = lastId;
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject });
        send({ type: 'request', id, name, body });
      });
    },
    settle(frame) {
      const asker = waiting.get(frame.id);
      waiting.delete(frame.id);
      if (frame.type === 'answer') asker?.resolve(frame.body);
      else {
        const { code, message, detail, fields } = frame.error;
        asker?.reject(new InnerloopError(code, message, { detail, fields }));
      }
    },
    rejectAll(error) {
      for (const { reject } of waiting.values()) reject(error);
      waiting.clear();
    },
  };
}
