import { InnerloopError } from '../../shared/contract/errors.ts';
import type { RequestHandlers } from '../../shared/contract/requests.ts';
import type { RunConfig } from '../../shared/run-config/schema.ts';
import type { CoreContext } from './context.ts';
import type { DatasetDesk } from './runs/dataset-desk.ts';
import { validConfig } from './runs/launch.ts';
import { environmentFor } from './runs/prepare-job.ts';
import { rememberEngine } from './runs/remembered-engine.ts';
import type { TrainerJobs } from './runs/trainer-jobs.ts';

type EngineHandlers = Pick<RequestHandlers, 'engine.measure' | 'engine.remember'>;

/** Measuring is asked for, never done by a run: docs/decisions/0009. */
export function createEngineChoice(
  { db }: Pick<CoreContext, 'db'>,
  datasets: DatasetDesk,
  jobs: TrainerJobs,
): EngineHandlers {
  return {
    'engine.measure': async ({ config: input, seconds }) => {
      const given = validConfig(input, datasets);
      const images = imagesOf(given, datasets);
      const messages = await jobs.run(
        { kind: 'bench', config: timedConfig(given), images, seconds },
        environmentFor(given),
      );
      const measured = messages.find((message) => message.type === 'measured');
      if (!measured) throw new InnerloopError('trainer-died', 'The trainer ended without a measurement.');
      return measured.measurement;
    },
    'engine.remember': ({ config: input, choice }) => {
      rememberEngine(db, validConfig(input, datasets), choice);
      return null;
    },
  };
}

/** Without validations, checkpoints and an end. */
const timedConfig = (config: RunConfig): RunConfig => ({
  ...config,
  outer: { ...config.outer, iterations: 1_000_000 },
  evaluation: { ...config.evaluation, every: 0, finalSplit: 'none' },
  checkpoints: { every: 0 },
});

/** Noise of the dataset's size, which takes the same time; null for generated tasks. */
function imagesOf(config: RunConfig, datasets: DatasetDesk) {
  if (config.task.kind !== 'image-classes') return null;
  const dataset = datasets.forTrainer(datasets.factsFor(config));
  if (dataset?.kind !== 'image-classes' || dataset.layout.width !== dataset.layout.height) {
    throw new InnerloopError('wrong-state', 'Only tasks of square images, and generated ones, can be calibrated.');
  }
  return { size: dataset.layout.width, channels: dataset.layout.channels };
}
