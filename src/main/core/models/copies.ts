import { InnerloopError } from '../../../shared/contract/errors.ts';
import type { ModelImport } from '../../../shared/models/model.ts';
import { quoted } from '../../files/file-error.ts';

/** Imports under way: one copies at a time; each says how far it is, at most five times a second, and can be cancelled. */
export interface Copies {
  /** Runs `work` when its turn comes; from now on its name is under way. Throws what `work` throws, or `cancelled`. */
  run(
    id: string,
    name: string,
    work: (progress: (done: number, total: number) => void, signal: AbortSignal) => Promise<void>,
  ): Promise<void>;
  /** Throws `not-found` when no such import is under way. */
  cancel(id: string): void;
  namesUnderWay(): readonly string[];
  /** Cancels everything and waits until nothing works any more. */
  close(): Promise<void>;
}

const announceEveryMs = 200;

export function createCopies(now: () => number, announce: (job: ModelImport) => void): Copies {
  const underWay = new Map<string, { readonly name: string; readonly cancelling: AbortController }>();
  let last: Promise<unknown> = Promise.resolve();
  return {
    run: async (id, name, work) => {
      const cancelling = new AbortController();
      underWay.set(id, { name, cancelling });
      const tell = (stage: ModelImport['stage'], done: number, total: number): void =>
        announce({ id, name, stage, done, total });
      tell('checking', 0, 0);
      let toldAt = Number.NEGATIVE_INFINITY;
      const progress = (done: number, total: number): void => {
        if (now() - toldAt < announceEveryMs && done < total) return;
        toldAt = now();
        tell('copying', done, total);
      };
      const turn = last.then(() => {
        if (cancelling.signal.aborted) throw new InnerloopError('cancelled', 'The import was cancelled.');
        return work(progress, cancelling.signal);
      });
      last = turn.catch(() => undefined); // its own caller hears of it
      try {
        await turn;
        tell('done', 0, 0);
      } catch (thrown) {
        tell(cancelling.signal.aborted ? 'cancelled' : 'failed', 0, 0);
        if (!cancelling.signal.aborted) throw thrown;
        throw new InnerloopError('cancelled', `The import of ${quoted(name)} was cancelled; nothing was kept.`);
      } finally {
        underWay.delete(id);
      }
    },
    cancel: (id) => {
      const found = underWay.get(id);
      if (!found) throw new InnerloopError('not-found', `No import of a model with the id ${quoted(id)} is under way.`);
      found.cancelling.abort();
    },
    namesUnderWay: () => [...underWay.values()].map(({ name }) => name),
    close: async () => {
      for (const { cancelling } of underWay.values()) cancelling.abort();
      await last;
    },
  };
}
