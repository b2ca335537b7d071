import type { TrainerDataset } from '../../../shared/contract/trainer.ts';
import type { NetworkShape } from '../../../shared/models/model.ts';
import { examplesMismatch, imageMismatch, networkMismatches } from '../../../shared/models/network.ts';
import type { FieldError } from '../../../shared/run-config/field-error.ts';
import type { RunConfig } from '../../../shared/run-config/schema.ts';
import { startModel } from '../../../shared/run-config/start-model.ts';
import { nearestWord } from '../../../shared/text/nearest-word.ts';
import { quoted } from '../../files/file-error.ts';
import type { ModelDesk } from './model-desk.ts';
import { examplesOf } from './network-examples.ts';

/**
 * Whether a network can begin with the model that its config names: it is there, it is the same network, and it reads
 * what the dataset holds. Encoders bring their own sizes along and are not looked at.
 */
export function checkStart(
  models: ModelDesk,
  config: RunConfig,
  readDataset: () => TrainerDataset | null,
): readonly FieldError[] {
  const start = startModel(config);
  if (start === null || config.algorithm.kind !== 'fine-tune-network') return [];
  const { path } = start;
  const model = models.find(start.model);
  const names = models.names().filter((name) => models.find(name)?.kind === 'network');
  const allowed = names.length === 0 ? 'scratch' : `scratch, ${names.slice(0, 8).map(quoted).join(', ')}`;
  if (model?.kind !== 'network') {
    const nearest = nearestWord(start.model, ['scratch', ...names]);
    const message = model
      ? `${quoted(model.name)} is an encoder of texts, and this run begins with another network.`
      : `There is no model ${quoted(start.model)} in the library. Make one of a run: innerloop models adopt RUN.`;
    return [{ path, message, allowed, ...(nearest === undefined || model ? {} : { nearest }) }];
  }
  const dataset = readDataset();
  const mismatch = mismatchOf(model, config, dataset);
  return [
    ...networkMismatches(config, { name: model.name, shape: model }),
    ...(mismatch ? [{ path, message: `${quoted(model.name)} does not fit: ${mismatch}.`, allowed }] : []),
  ];
}

function mismatchOf(model: NetworkShape, { task }: RunConfig, dataset: TrainerDataset | null): string | null {
  if (dataset?.kind === 'image-classes') return imageMismatch(model, dataset.layout);
  const given = dataset && examplesOf(task, dataset);
  return given && examplesMismatch(model, given);
}
