import { join } from 'node:path';
import { InnerloopError } from '../../shared/contract/errors.ts';
import type { GraphModelJob } from '../../shared/contract/trainer.ts';
import { writeFileAtomically } from '../files/atomic-write.ts';
import { NotExpressible } from '../learning/compile/refusal.ts';
import { graphModelOf, type TfjsModel, WEIGHTS_FILE } from '../learning/graph-model/graph-model.ts';
import type { LearnerSource } from '../learning/meta-learner.ts';
import { readParameters } from './checkpoint-file.ts';
import { type JobSetting, openDevice } from './job.ts';
import { predictionSource } from './prediction-source.ts';

/** Writes `model.json` and `weights.bin` of a run's checkpoint into the job's folder, for TensorFlow.js to load. */
export async function graphModelJob(job: GraphModelJob, setting: JobSetting): Promise<'exported'> {
  setting.report({ type: 'phase', phase: 'loading' });
  const { parameters, iteration } = await readParameters(job.checkpoint);
  await openDevice(setting, job.config);
  const source = await sourceOf(job);
  const { json, weights } = modelOf(() =>
    graphModelOf(job.config, source, parameters, { run: job.runId, name: job.runName, iteration }),
  );
  await writeFileAtomically(join(job.folder, WEIGHTS_FILE), weights);
  await writeFileAtomically(join(job.folder, 'model.json'), json);
  return 'exported';
}

function modelOf(make: () => TfjsModel): TfjsModel {
  try {
    return make();
  } catch (thrown) {
    if (!(thrown instanceof NotExpressible)) throw thrown;
    const message = `This run cannot become a graph of TensorFlow.js: ${thrown.message}. Export it as safetensors.`;
    throw new InnerloopError('wrong-state', message, { cause: thrown });
  }
}

/** What the network reads, without any example of it. */
async function sourceOf({ config, classifier, layout, model }: GraphModelJob): Promise<LearnerSource> {
  const { kind } = config.task;
  if (kind === 'sinusoid' || kind === 'binary-points') return { kind };
  if (layout) return { kind: 'image-classes', layout, pixels: new Uint8Array(0), classes: [] };
  if (!classifier) throw new Error('The trainer was told neither the size of the images nor the labels of the texts.');
  return predictionSource({ config, classifier, model });
}
