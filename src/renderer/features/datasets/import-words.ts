import type { ImportJob } from '../../../shared/datasets/dataset.ts';
import { count, duration, plural } from '../../app/format.ts';

export const importSteps = [
  { stage: 'scanning', label: 'Scan' },
  { stage: 'checking', label: 'Check' },
  { stage: 'converting', label: 'Convert and digest' },
  { stage: 'splitting', label: 'Splits' },
] as const;

export const hasEnded = ({ stage }: ImportJob): boolean =>
  stage === 'done' || stage === 'failed' || stage === 'cancelled';

export type StepState = 'done' | 'now' | 'ahead';

/** Where each of the four steps stands. An import that ended early stops where it was: it is not known where. */
export function stepStates(job: ImportJob): readonly StepState[] {
  if (job.stage === 'done') return importSteps.map(() => 'done');
  const at = importSteps.findIndex(({ stage }) => stage === job.stage);
  return importSteps.map((_, index) => (at === -1 || index > at ? 'ahead' : index < at ? 'done' : 'now'));
}

/** "29,352 of 48,000 files"; while scanning the total is not known. */
export function progressWords({ kind, stage, done, total }: ImportJob): string {
  if (stage === 'splitting') return 'Adding to the library';
  if (total === 0) return done === 0 ? 'Opening' : `${plural(done, 'file')} found`;
  if (kind === 'image-classes') return `${count(done)} of ${plural(total, 'file')}`;
  // Of a table of texts, bytes are counted while it is checked.
  if (stage === 'checking') return `${Math.round((100 * done) / total)} % checked`;
  return `${count(done)} of ${plural(total, 'text')}`;
}

export const etaWords = ({ etaMs }: ImportJob): string => (etaMs === null ? '' : `about ${duration(etaMs)} left`);

/** In one line, for the list while the panel is closed. */
export function jobLine(job: ImportJob): string {
  switch (job.stage) {
    case 'done':
      return `${job.name} added`;
    case 'failed':
      return `${job.name}: ${job.error?.message ?? 'the import failed'}`;
    case 'cancelled':
      return `Import of ${job.name} cancelled`;
    default:
      return `Importing ${job.name}, ${progressWords(job).toLowerCase()}`;
  }
}
