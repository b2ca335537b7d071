import { join } from 'node:path';
import { InnerloopError } from '../../../shared/contract/errors.ts';
import type { TrainerDataset } from '../../../shared/contract/trainer.ts';
import { headNames, type NetworkFile } from '../../../shared/models/network.ts';
import type { AlgorithmConfig, NetworkConfig, TaskConfig } from '../../../shared/run-config/schema.ts';
import { startModel } from '../../../shared/run-config/start-model.ts';
import { drawExampleSubsets } from '../../../shared/tasks/example-subsets.ts';
import { writeFileAtomically } from '../../files/atomic-write.ts';
import { weightsFile } from '../../files/hugging-face-folder.ts';
import { readSafetensors, writeSafetensors } from '../../files/safetensors.ts';
import type { FileTensor } from '../../files/tensor-types.ts';
import type { ModelDesk } from '../models/model-desk.ts';
import { examplesOf } from '../models/network-examples.ts';
import type { DatasetDesk } from '../runs/dataset-desk.ts';
import { checkpointParameters } from './checkpoint-parameters.ts';
import type { RunToExport } from './hugging-face.ts';

/**
 * Fills an empty folder with the network of a run on images, rows or clips, for other runs to begin with: config.json and
 * model.safetensors. Throws `wrong-state` for a run of another kind.
 */
export async function writeNetworkRun(
  folder: string,
  { run, checkpointFile }: RunToExport,
  { models, datasets }: { readonly models: ModelDesk; readonly datasets: DatasetDesk },
): Promise<void> {
  const { model, algorithm, task } = run.config;
  const dataset = datasets.forTrainer(run.dataset);
  const examples = dataset && examplesOf(task, dataset);
  const image = dataset?.kind === 'image-classes' ? dataset.layout : null;
  if (model.kind === 'encoder' || (image === null && examples === null)) {
    const message = `${run.name} did not learn from images, rows or clips, and the library has networks of those.`;
    throw new InnerloopError('wrong-state', message);
  }
  const learned = networkTensors(model, algorithm, await checkpointParameters(checkpointFile));
  const start = startModel(run.config);
  const frozen = start && algorithm.kind === 'fine-tune-network' && algorithm.trained === 'head' ? start : null;
  const below = frozen ? await tensorsOf(models, frozen) : new Map<string, FileTensor>();
  const tensors = new Map([...below, ...learned]);
  const classes = tensors.get(headNames(model)[0])?.shape[1] ?? null;
  const file: NetworkFile = {
    format: 'innerloop-network-1',
    network: model,
    image,
    ...(examples ? { examples } : {}),
    learnedBy: algorithm.kind,
    classes,
    labels: labelsOf(task, run.config.seed, dataset),
  };
  await writeSafetensors(join(folder, weightsFile), tensors, new Map([['format', 'pt']]));
  await writeFileAtomically(join(folder, 'config.json'), `${JSON.stringify(file, null, 2)}\n`);
}

/** Names of the classes, where they are the same in every task. */
function labelsOf(task: TaskConfig, seed: number, dataset: TrainerDataset | null): string[] | null {
  if (dataset?.kind === 'table-classes' || dataset?.kind === 'audio-classes') return [...dataset.labels];
  if (dataset?.kind !== 'image-classes' || task.kind !== 'image-examples') return null;
  return drawExampleSubsets(dataset.classes, task, seed).classes.map(({ name }) => name);
}

async function tensorsOf(models: ModelDesk, { model, path }: { readonly model: string; readonly path: string }) {
  const { folder } = models.forTrainer(model, { kind: 'network', path });
  return (await readSafetensors(join(folder, weightsFile))).tensors;
}

/**
 * The weights of the network alone, by their own names. What an algorithm learned besides is left out: the rates of
 * Meta-SGD and MAML++, and the random heads of pretraining. Of batch-norm scales and shifts for each inner step (MAML++)
 * the first are taken, with which its inner loop begins. Pretraining's linear head of all training classes is its head;
 * a cosine head is none that the network could use.
 */
export function networkTensors(
  network: NetworkConfig,
  algorithm: AlgorithmConfig,
  parameters: ReadonlyMap<string, FileTensor>,
): ReadonlyMap<string, FileTensor> {
  const [kernel, bias] = headNames(network);
  const heads: Readonly<Record<string, string>> =
    algorithm.kind === 'pretrain' && algorithm.head === 'linear'
      ? { 'training-head/kernel': kernel, 'training-head/bias': bias }
      : {};
  const found = new Map<string, FileTensor>();
  for (const [name, tensor] of parameters) {
    if (/^(rate|new-head)\//.test(name)) continue;
    if (name.startsWith('training-head/')) {
      const own = heads[name];
      if (own !== undefined) found.set(own, tensor);
      continue;
    }
    found.set(name, /\/(scale|shift)$/.test(name) && tensor.shape.length === 2 ? firstRow(tensor) : tensor);
  }
  return found;
}

function firstRow({ dtype, shape, values }: FileTensor): FileTensor {
  const length = shape[1]!;
  return { dtype, shape: [length], values: values.slice(0, length) } as FileTensor;
}
