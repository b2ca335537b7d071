import { InnerloopError } from '../../shared/contract/errors.ts';
import type { TrainerModel } from '../../shared/contract/trainer.ts';
import type { NetworkFineTuneRunConfig } from '../../shared/run-config/schema.ts';
import { startModel } from '../../shared/run-config/start-model.ts';
import { readNetworkFolder } from '../files/network-folder.ts';
import type { NetworkStart } from '../learning/fine-tuning/network-source.ts';

/** The weights of the library's model that a run begins with; null where it begins from scratch. */
export async function startOf(
  config: NetworkFineTuneRunConfig,
  model: TrainerModel | null,
): Promise<NetworkStart | null> {
  const start = startModel(config);
  if (start === null) return null;
  if (!model) throw new InnerloopError('not-found', `The model "${start.model}" was not given to the trainer.`);
  const { tensors } = await readNetworkFolder(model.folder);
  return { name: model.name, tensors };
}

/** Draws what a run uses of a dataset; that the dataset has too few is the config's fault. */
export function drawn<Subsets>(draw: () => Subsets): Subsets {
  try {
    return draw();
  } catch (thrown) {
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    throw new InnerloopError('invalid-config', message, { cause: thrown });
  }
}
