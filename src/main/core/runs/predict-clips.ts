import { InnerloopError } from '../../../shared/contract/errors.ts';
import type { RequestOf, ResponseOf } from '../../../shared/contract/requests.ts';
import type { PredictClipsJob } from '../../../shared/contract/trainer.ts';
import { chosenLabels } from '../../../shared/runs/prediction.ts';
import type { CoreContext } from '../context.ts';
import { bestCheckpoint } from '../export/run-checkpoint.ts';
import { requireRun } from './actions.ts';
import { heardClips } from './asked-clips.ts';
import type { DatasetDesk } from './dataset-desk.ts';
import { environmentFor } from './prepare-job.ts';
import type { WarmPredictor } from './warm-predictor.ts';

/** Labels of new clips by the best checkpoint of a run on clips, which stays loaded for a while; nothing is stored. */
export async function predictClips(
  context: CoreContext,
  datasets: DatasetDesk,
  predictor: WarmPredictor,
  { id, clips }: RequestOf<'runs.predict-audio'>,
): Promise<ResponseOf<'runs.predict-audio'>> {
  const run = requireRun(context, id);
  if (run.config.task.kind !== 'audio-classes') {
    throw new InnerloopError('wrong-state', `${run.name} was not trained on clips, so it has nothing to say of them.`);
  }
  const dataset = datasets.forTrainer(run.dataset);
  if (dataset?.kind !== 'audio-classes') {
    throw new InnerloopError('wrong-state', `The dataset of ${run.name} holds no clips any more.`);
  }
  const { labels, layout } = dataset;
  const { heard, notes } = heardClips(clips, layout);
  const { checkpoint, checkpointFile } = bestCheckpoint(context, run);
  const model = datasets.modelFor?.(run.config);
  const job: PredictClipsJob = {
    ...(model ? { model } : {}),
    ...{ kind: 'predict-clips', runId: run.id, config: run.config, dataset, checkpoint: checkpointFile },
  };
  const waveforms = new Int16Array(heard.length * layout.samples);
  for (const [index, { samples }] of heard.entries()) waveforms.set(samples, index * layout.samples);
  const { probabilities, computeMs } = await predictor.ask(job, environmentFor(run.config), {
    kind: 'clips',
    waveforms,
  });
  return {
    ...{ labels: [...labels], labelMode: 'single', iteration: checkpoint.iteration, maxLength: null, computeMs },
    predictions: probabilities.map((ofClip) => ({
      labels: chosenLabels(ofClip, labels, 'single'),
      probabilities: ofClip,
      tokens: null,
    })),
    ...{ heard: [...heard], notes: [...notes] },
  };
}
