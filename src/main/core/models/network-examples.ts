import type { TrainerDataset } from '../../../shared/contract/trainer.ts';
import type { NetworkExamples } from '../../../shared/models/model.ts';
import type { RunConfig } from '../../../shared/run-config/schema.ts';

/** What a network of this task is given of the rows or clips of a dataset; null for other datasets. */
export function examplesOf(task: RunConfig['task'], dataset: TrainerDataset): NetworkExamples | null {
  if (dataset.kind === 'table-classes') return { kind: 'table-classes', columns: dataset.columns };
  if (dataset.kind !== 'audio-classes' || task.kind !== 'audio-classes') return null;
  return { kind: 'audio-classes', layout: dataset.layout, features: task.features, bands: task.bands };
}
