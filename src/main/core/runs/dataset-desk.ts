import type { TrainerDataset } from '../../../shared/contract/trainer.ts';
import type { FieldError } from '../../../shared/run-config/field-error.ts';
import type { RunConfig } from '../../../shared/run-config/schema.ts';
import type { RunSummary } from '../../../shared/runs/run.ts';

/** What runs ask of the dataset library. */
export interface DatasetDesk {
  /** What does not fit between a config and the dataset that it names; empty when all is well or none is named. */
  check(config: RunConfig): readonly FieldError[];
  /** The dataset's present version as a run stores it; null for generated tasks. Throws `not-found`. */
  factsFor(config: RunConfig): RunSummary['dataset'];
  /** What a trainer reads, of exactly this version; null for generated tasks. Throws a plain sentence. */
  forTrainer(dataset: RunSummary['dataset']): TrainerDataset | null;
}
