import type { ImageTrainerDataset, TrainerModel } from '../../shared/contract/trainer.ts';
import type { ImageExamplesTaskConfig, NetworkFineTuneRunConfig } from '../../shared/run-config/schema.ts';
import { drawExampleSubsets } from '../../shared/tasks/example-subsets.ts';
import type { ImageExamplesSource } from '../learning/fine-tuning/network-source.ts';
import { drawn, startOf } from './network-start.ts';
import { loadImageSource } from './pixel-store.ts';

/** The pixels of a dataset, the examples that a run draws of it, and the network that it begins with. */
export async function loadImageExamples(
  config: NetworkFineTuneRunConfig,
  task: ImageExamplesTaskConfig,
  dataset: ImageTrainerDataset,
  model: TrainerModel | null,
): Promise<ImageExamplesSource> {
  const { layout, pixels, classes } = await loadImageSource(dataset);
  const subsets = drawn(() => drawExampleSubsets(classes, task, config.seed));
  return { kind: 'image-examples', layout, pixels, subsets, start: await startOf(config, model) };
}
