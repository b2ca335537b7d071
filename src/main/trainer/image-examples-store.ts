import { InnerloopError } from '../../shared/contract/errors.ts';
import type { ImageTrainerDataset, TrainerModel } from '../../shared/contract/trainer.ts';
import type { NetworkFineTuneRunConfig } from '../../shared/run-config/schema.ts';
import { startModel } from '../../shared/run-config/start-model.ts';
import { drawExampleSubsets } from '../../shared/tasks/example-subsets.ts';
import { readNetworkFolder } from '../files/network-folder.ts';
import type { ImageExamplesSource, NetworkStart } from '../learning/fine-tuning/image-source.ts';
import { loadImageSource } from './pixel-store.ts';

/** The pixels of a dataset, the examples that a run draws of it, and the network that it begins with. */
export async function loadImageExamples(
  config: NetworkFineTuneRunConfig,
  dataset: ImageTrainerDataset,
  model: TrainerModel | null,
): Promise<ImageExamplesSource> {
  const { layout, pixels, classes } = await loadImageSource(dataset);
  const subsets = drawSubsets(config, classes);
  return { kind: 'image-examples', layout, pixels, subsets, start: await startOf(config, model) };
}

function drawSubsets(
  { task, seed }: NetworkFineTuneRunConfig,
  classes: readonly ImageTrainerDataset['classes'][number][],
) {
  try {
    return drawExampleSubsets(classes, task, seed);
  } catch (thrown) {
    throw new InnerloopError('invalid-config', thrown instanceof Error ? thrown.message : String(thrown), {
      cause: thrown,
    });
  }
}

async function startOf(config: NetworkFineTuneRunConfig, model: TrainerModel | null): Promise<NetworkStart | null> {
  const start = startModel(config);
  if (start === null) return null;
  if (!model) throw new InnerloopError('not-found', `The model "${start.model}" was not given to the trainer.`);
  const { tensors } = await readNetworkFolder(model.folder);
  return { name: model.name, tensors };
}
