import { errorCodeSchema, InnerloopError } from '../../shared/contract/errors.ts';
import type { RequestOf } from '../../shared/contract/requests.ts';
import type { ImportJob } from '../../shared/datasets/dataset.ts';
import { count } from '../../shared/text/number-words.ts';
import type { CliContext } from './command.ts';
import { duration } from './words.ts';

/** Imports and waits, showing progress; Ctrl+C cancels, and then nothing is left behind. Throws why an import failed. */
export async function importDataset(context: CliContext, request: RequestOf<'datasets.import'>): Promise<ImportJob> {
  const { terminal, interrupts } = context;
  const core = context.core();
  const started = await core.request('datasets.import', request);
  const cancel = (): void => {
    terminal.note('Cancelling the import.');
    void core.request('datasets.cancel-import', { jobId: started.id }).catch(() => undefined); // it has just ended by itself
  };
  const releases = [
    interrupts.take(cancel),
    context.on('import.progress', ({ job }) => {
      if (job.id === started.id) terminal.status(importLine(job));
    }),
  ];
  try {
    return settled(await core.request('datasets.await-import', { jobId: started.id }));
  } finally {
    terminal.clearStatus();
    for (const release of releases) release();
  }
}

function settled(job: ImportJob): ImportJob {
  if (job.stage === 'done') return job;
  if (job.stage === 'cancelled') throw new InnerloopError('cancelled', 'The import was cancelled; nothing was kept.');
  const code = errorCodeSchema.safeParse(job.error?.code);
  throw new InnerloopError(code.success ? code.data : 'internal', job.error?.message ?? 'The import failed.');
}

function importLine({ kind, stage, done, total, etaMs, name }: ImportJob): string {
  // Of a table, bytes are counted while it is checked.
  const share = (kind === 'text-classes' || kind === 'table-classes') && stage === 'checking';
  const amount = share ? `${Math.round((100 * done) / Math.max(1, total))} %` : `${count(done)} of ${count(total)}`;
  const part = total > 0 ? ` ${amount}` : '';
  const left = etaMs === null ? '' : `, ${duration(etaMs)} left`;
  return `${name}: ${stage}${part}${left}`;
}
