import type { TrainerDataset, TrainerModel } from '../../../shared/contract/trainer.ts';
import type { TaskCheck } from '../../../shared/datasets/check-task.ts';
import type { RunConfig } from '../../../shared/run-config/schema.ts';
import type { ExampleCounts } from '../../../shared/run-config/settle.ts';
import type { RunSummary } from '../../../shared/runs/run.ts';

/** What runs ask of the libraries of datasets and models. */
export interface DatasetDesk {
  /** What does not fit between a config and the dataset that it names, and notes about it. */
  check(config: RunConfig): TaskCheck;
  /** The dataset's present version as a run stores it; null for generated tasks. Throws `not-found`. */
  factsFor(config: RunConfig): RunSummary['dataset'];
  /** What a trainer reads, of exactly this version; null for generated tasks. Throws a plain sentence. */
  forTrainer(dataset: RunSummary['dataset']): TrainerDataset | null;
  /** Examples in each split of the dataset that a config names; null where the config has none. */
  counts?(config: RunConfig): ExampleCounts | null;
  /** The pretrained model that a config starts from; null where it starts from none. Throws `not-found` by field. */
  modelFor?(config: RunConfig): TrainerModel | null;
}
