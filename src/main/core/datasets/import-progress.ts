import type { ImportJob } from '../../../shared/datasets/dataset.ts';
import type { LeftOutFile } from '../../files/file-source.ts';

export type EndStage = Extract<ImportJob['stage'], 'done' | 'failed' | 'cancelled'>;
export type WorkingStage = Exclude<ImportJob['stage'], EndStage>;

/** The one place where an import's state changes: stages, counts, time left; listeners hear of it at most five times a second. */
export interface ImportProgress {
  job(): ImportJob;
  /** Enters a stage with so many things to do; 0 where that is not known. */
  stage(stage: WorkingStage, total: number): void;
  /** The counts stay as they were. */
  end(stage: EndStage): void;
  /** So many of the stage's things are done. */
  done(done: number): void;
  leaveOut(files: readonly LeftOutFile[]): void;
  /** Facts found on the way. */
  note(
    facts: Partial<
      Pick<ImportJob, 'kind' | 'classes' | 'examples' | 'duplicates' | 'warnings' | 'datasetId' | 'error'>
    >,
  ): void;
}

const listedAtMost = 200;
const announceEveryMs = 200;

export function createImportProgress(
  start: Pick<ImportJob, 'id' | 'name' | 'source' | 'kind'>,
  now: () => number,
  announce: (job: ImportJob) => void,
): ImportProgress {
  const startedAt = now();
  let job: ImportJob = {
    ...start,
    stage: 'scanning',
    done: 0,
    total: 0,
    startedAt,
    etaMs: null,
    classes: null,
    examples: null,
    leftOut: [],
    leftOutTotal: 0,
    duplicates: 0,
    warnings: [],
    datasetId: null,
    error: null,
  };
  let stageStartedAt = startedAt;
  let announcedAt = Number.NEGATIVE_INFINITY;
  const tell = (): void => {
    announcedAt = now();
    announce(job);
  };
  return {
    job: () => job,
    stage: (stage, total) => {
      stageStartedAt = now();
      job = { ...job, stage, done: 0, total, etaMs: null };
      tell();
    },
    end: (stage) => {
      job = { ...job, stage, etaMs: null };
      tell();
    },
    done: (done) => {
      job = { ...job, done, etaMs: remainingMs(now() - stageStartedAt, done, job.total) };
      if (now() - announcedAt >= announceEveryMs) tell();
    },
    leaveOut: (files) => {
      const listed = [...job.leftOut, ...files.slice(0, Math.max(0, listedAtMost - job.leftOut.length))];
      job = { ...job, leftOut: listed, leftOutTotal: job.leftOutTotal + files.length };
    },
    note: (facts) => {
      job = { ...job, ...facts };
    },
  };
}

/** By the pace so far; null before the first tenth of a second, and where the end is not known. */
function remainingMs(elapsedMs: number, done: number, total: number): number | null {
  if (done <= 0 || total <= 0 || elapsedMs < 100) return null;
  return Math.round((elapsedMs / done) * Math.max(0, total - done));
}
