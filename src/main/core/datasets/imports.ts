import { basename } from 'node:path';
import { type ErrorCode, InnerloopError, toRequestError } from '../../../shared/contract/errors.ts';
import type { ImportJob } from '../../../shared/datasets/dataset.ts';
import type { ImportOrder } from './import-order.ts';
import { createImportProgress, type ImportProgress } from './import-progress.ts';
import { tableFormatOf } from './texts/table-source.ts';

/** Imports as jobs: one works at a time, the others wait; ended ones are remembered until the core ends. */
export interface Imports {
  /** Starts (or queues) an import; from then on its name is under way. */
  start(order: ImportOrder): ImportJob;
  list(): ImportJob[];
  /** Names that imports under way have taken. */
  namesUnderWay(): readonly string[];
  cancel(jobId: string): void;
  /** Waits for the end; throws the import's error, or `cancelled`. */
  wait(jobId: string): Promise<ImportJob>;
  /** Cancels everything and waits until nothing works any more. */
  close(): Promise<void>;
}

export interface ImportsOptions {
  readonly now: () => number;
  readonly announce: (job: ImportJob) => void;
  readonly run: (order: ImportOrder, progress: ImportProgress, signal: AbortSignal) => Promise<void>;
}

interface Job {
  readonly progress: ImportProgress;
  readonly cancelling: AbortController;
  readonly ended: Promise<void>;
}

const rememberedAtMost = 100;
const endStages: readonly ImportJob['stage'][] = ['done', 'failed', 'cancelled'];
const hasEnded = (job: ImportJob): boolean => endStages.includes(job.stage);

export function createImports(options: ImportsOptions): Imports {
  const jobs = new Map<string, Job>();
  let last: Promise<void> = Promise.resolve();

  const find = (jobId: string): Job => {
    const job = jobs.get(jobId);
    if (!job) throw new InnerloopError('not-found', `No import has the id "${jobId}".`);
    return job;
  };
  return {
    start: (order) => {
      const source = basename(order.request.source);
      const kind = likelyKind(order.request, source);
      const facts = { id: order.datasetId, name: order.name, source, kind };
      const progress = createImportProgress(facts, options.now, options.announce);
      const cancelling = new AbortController();
      const ended = last.then(() => runJob(order, progress, cancelling.signal, options.run));
      last = ended;
      jobs.set(order.datasetId, { progress, cancelling, ended });
      forgetOldest(jobs);
      return progress.job();
    },
    list: () => [...jobs.values()].map(({ progress }) => progress.job()),
    namesUnderWay: () =>
      [...jobs.values()].map(({ progress }) => progress.job()).flatMap((job) => (hasEnded(job) ? [] : [job.name])),
    cancel: (jobId) => {
      const job = find(jobId);
      if (hasEnded(job.progress.job())) {
        throw new InnerloopError('wrong-state', `The import of "${job.progress.job().name}" has ended already.`);
      }
      job.cancelling.abort();
    },
    wait: async (jobId) => {
      const { ended, progress } = find(jobId);
      await ended;
      const job = progress.job();
      if (job.error) throw new InnerloopError(job.error.code as ErrorCode, job.error.message);
      return job;
    },
    close: async () => {
      for (const { cancelling } of jobs.values()) cancelling.abort();
      await last;
    },
  };
}

/** What an import is called until its source has been opened. */
function likelyKind({ as, text, table, audio }: ImportOrder['request'], source: string): ImportJob['kind'] {
  if (as === 'table' || (as === 'auto' && table && !text)) return 'table-classes';
  if (as === 'audio' || (as === 'auto' && audio)) return 'audio-classes';
  return as === 'text' || tableFormatOf(source) !== null ? 'text-classes' : 'image-classes';
}

/** Never rejects: the end of an import, good or bad, is a state of its job. */
async function runJob(
  order: ImportOrder,
  progress: ImportProgress,
  signal: AbortSignal,
  run: ImportsOptions['run'],
): Promise<void> {
  try {
    signal.throwIfAborted();
    await run(order, progress, signal);
    progress.note({ datasetId: order.datasetId });
    progress.end('done');
  } catch (thrown) {
    if (signal.aborted) {
      progress.note({ error: { code: 'cancelled', message: `The import of "${order.name}" was cancelled.` } });
      progress.end('cancelled');
    } else {
      const { code, message } = toRequestError(thrown);
      progress.note({ error: { code, message } });
      progress.end('failed');
    }
  }
}

function forgetOldest(jobs: Map<string, Job>): void {
  for (const [id, { progress }] of jobs) {
    if (jobs.size <= rememberedAtMost) return;
    if (hasEnded(progress.job())) jobs.delete(id);
  }
}
