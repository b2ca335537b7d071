import type { DatasetSummary } from '../../../shared/datasets/dataset.ts';

type Kind = Exclude<DatasetSummary['kind'], 'generated'>;

/** What datasets a kind of task is made of. */
export function datasetKindFor(taskKind: unknown): Kind {
  switch (taskKind) {
    case 'text-classes':
    case 'table-classes':
    case 'audio-classes':
      return taskKind;
    default:
      return 'image-classes';
  }
}
