import { InnerloopError } from '../../shared/contract/errors.ts';
import type { FromTrainer, TrainerDataset, TrainerModel } from '../../shared/contract/trainer.ts';
import {
  isNetworkFineTune,
  isTextFineTune,
  type NetworkFineTuneRunConfig,
  type RunConfig,
} from '../../shared/run-config/schema.ts';
import type { EngineFacts } from '../../shared/runs/run.ts';
import type { LearnerFacts, LearnerOptions, LearnerSource, MetaLearner } from '../learning/meta-learner.ts';
import { loadClips } from './clip-store.ts';
import type { Device } from './device.ts';
import { deviceName } from './device-name.ts';
import { loadImageExamples } from './image-examples-store.ts';
import type { Inbox } from './inbox.ts';
import { loadImageSource } from './pixel-store.ts';
import { loadRows } from './row-store.ts';
import { loadTextSource } from './text-store.ts';

/** What every job is given: the outside world as arguments, so that a test can put its own in. */
export interface JobSetting {
  readonly inbox: Inbox;
  readonly report: (message: FromTrainer) => void;
  /** Milliseconds that only grow. */
  readonly clock: () => number;
  readonly loadDevice: () => Promise<Device>;
  readonly createLearner: (options: LearnerOptions) => MetaLearner;
  readonly writeGraph: LearnerOptions['writeGraph'];
  readonly checkXla: (writeGraph: LearnerOptions['writeGraph']) => 'yes' | 'no';
}

/** TensorFlow, loaded as the config wants it. Throws `device-unavailable` when it wants a GPU and there is none. */
export async function openDevice({ loadDevice }: JobSetting, config: RunConfig): Promise<Device> {
  const device = await loadDevice();
  if (config.device === 'gpu' && device.device === 'cpu') {
    throw new InnerloopError(
      'device-unavailable',
      'The run asks for a GPU (device: gpu), and TensorFlow found none. ' +
        'Choose device "auto" or "cpu", or set up the GPU flavour: npm run setup -- --gpu.',
    );
  }
  return device;
}

/** Where the examples come from: generated, or the pixels or texts of the dataset that the job names. */
export async function openSource(
  config: RunConfig,
  dataset: TrainerDataset | null,
  model: TrainerModel | null = null,
): Promise<LearnerSource> {
  if (config.task.kind === 'sinusoid' || config.task.kind === 'binary-points') return { kind: config.task.kind };
  if (!dataset)
    throw new InnerloopError('not-found', `The dataset "${config.task.dataset}" was not given to the trainer.`);
  if (isTextFineTune(config)) return loadTextSource(config, dataset, model);
  if (isNetworkFineTune(config)) return openExamples(config, dataset, model);
  if (dataset.kind !== 'image-classes') throw unfit(dataset, 'images');
  return loadImageSource(dataset);
}

/** Labelled examples of the kind that the task says. */
async function openExamples(
  config: NetworkFineTuneRunConfig,
  dataset: TrainerDataset,
  model: TrainerModel | null,
): Promise<LearnerSource> {
  const { task } = config;
  switch (task.kind) {
    case 'image-examples':
      if (dataset.kind !== 'image-classes') throw unfit(dataset, 'images');
      return loadImageExamples(config, task, dataset, model);
    case 'table-classes':
      if (dataset.kind !== 'table-classes') throw unfit(dataset, 'rows of a table');
      return loadRows(config, task, dataset, model);
    case 'audio-classes':
      if (dataset.kind !== 'audio-classes') throw unfit(dataset, 'clips of sound');
      return (await loadClips(config, task, dataset, model)).source;
  }
}

const unfit = ({ name }: TrainerDataset, needed: string): InnerloopError =>
  new InnerloopError('invalid-config', `The dataset "${name}" holds something else, and the task needs ${needed}.`);

/** Adds what only the trainer knows of the device to what the learner says of itself. */
export async function describeEngine(device: Device): Promise<(facts: LearnerFacts) => EngineFacts> {
  const name = await deviceName(device.device);
  return (facts) => ({
    ...facts,
    device: device.device,
    deviceName: name,
    tensorflow: device.libtensorflowVersion,
  });
}

/** The learner of a config; that config and tasks do not fit each other is the asker's fault and no bug. */
export function openLearner(
  { createLearner, writeGraph }: JobSetting,
  config: RunConfig,
  source: LearnerSource,
): MetaLearner {
  return fitting(() => createLearner({ config, source, writeGraph }));
}

/** Makes what learns or predicts of a config and what was read for it. */
export function fitting<Made>(make: () => Made): Made {
  try {
    return make();
  } catch (thrown) {
    if (!(thrown instanceof Error) || thrown.constructor !== Error) throw thrown;
    throw new InnerloopError('invalid-config', thrown.message, { detail: thrown.stack ?? null, cause: thrown });
  }
}
