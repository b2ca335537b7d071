import { useState } from 'react';
import type { ImportJob } from '../../../shared/datasets/dataset.ts';
import { useEvent, useRequest } from '../../app/core.ts';
import { useToasts } from '../../ui/toast.tsx';
import { hasEnded, jobLine } from './import-words.ts';

export interface OpenImports {
  /** The import in the panel. */
  readonly open: ImportJob | undefined;
  /** Imports that go on without a panel. */
  readonly others: readonly ImportJob[];
  readonly show: (job: ImportJob) => void;
  readonly close: () => void;
}

/** Imports that go on, and the one in the panel; those in the background say when they have ended. */
export function useImports(): OpenImports {
  const toasts = useToasts();
  const listed = useRequest('datasets.imports', null);
  const [heard, setHeard] = useState<ReadonlyMap<string, ImportJob>>(new Map());
  const [openId, setOpenId] = useState<string | null>(null);
  useEvent('import.progress', ({ job }) => {
    setHeard((known) => new Map(known).set(job.id, job));
    if (hasEnded(job) && job.id !== openId) {
      toasts.tell(jobLine(job), job.stage === 'done' ? 'check' : 'alert');
    }
  });
  const jobs = new Map((listed.value ?? []).map((job) => [job.id, job]));
  for (const [id, job] of heard) jobs.set(id, job);
  return {
    open: openId === null ? undefined : jobs.get(openId),
    others: [...jobs.values()].filter((job) => job.id !== openId && !hasEnded(job)),
    show: (job) => {
      setHeard((known) => (known.has(job.id) ? known : new Map(known).set(job.id, job)));
      setOpenId(job.id);
    },
    close: () => setOpenId(null),
  };
}
