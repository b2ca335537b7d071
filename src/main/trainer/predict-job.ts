import type { PredictJob } from '../../shared/contract/trainer.ts';
import { isTextFineTune } from '../../shared/run-config/schema.ts';
import type { AskedText } from '../../shared/runs/prediction.ts';
import { fineTuneSettings } from '../learning/fine-tuning/settings.ts';
import { PREDICTED_TOGETHER } from '../learning/fine-tuning/text-classifier.ts';
import { TextPredictor } from '../learning/fine-tuning/text-predictor.ts';
import { readParameters } from './checkpoint-file.ts';
import type { Inbox } from './inbox.ts';
import { fitting, type JobSetting, openDevice } from './job.ts';
import { predictionSource } from './prediction-source.ts';
import { answerQuestions, rowsOf } from './question-loop.ts';

/** Probabilities of the labels for new texts, by a checkpoint of a fine-tuned run, as long as it is asked. */
export async function predictJob(job: PredictJob, setting: JobSetting): Promise<'predicted'> {
  const labels = job.classifier.labels.length;
  const together = job.questions === 'few' ? 1 : PREDICTED_TOGETHER;
  setting.report({ type: 'phase', phase: 'loading' });
  const predictor = await openPredictor(job, together, setting);
  try {
    return await answerQuestions(setting, async (asked) => {
      if (asked.kind !== 'texts') throw new Error('A run on texts was asked something else.');
      const said = await predictionsOf(predictor, asked.texts, together, setting.inbox);
      return (
        said && {
          probabilities: said.flatMap(({ probabilities }) => rowsOf(probabilities, labels)),
          tokens: said.flatMap(({ tokens }) => tokens),
        }
      );
    });
  } finally {
    predictor.dispose();
  }
}

/** What was read for it is let go with this function: the process stays, and needs only the graph. */
async function openPredictor(job: PredictJob, together: number, setting: JobSetting): Promise<TextPredictor> {
  const { config } = job;
  if (!isTextFineTune(config)) throw new Error('Only fine-tuned runs predict texts.');
  const { parameters } = await readParameters(job.checkpoint);
  await openDevice(setting, config);
  const settings = fineTuneSettings(config);
  const source = await predictionSource(job);
  return fitting(() => new TextPredictor({ settings, source, writeGraph: setting.writeGraph, parameters, together }));
}

/** Some texts after others, with a look at the inbox in between; null when an end was wished. */
async function predictionsOf(
  predictor: TextPredictor,
  texts: readonly AskedText[],
  together: number,
  inbox: Pick<Inbox, 'letIn' | 'ending'>,
) {
  const said = [];
  for (let first = 0; first < texts.length; first += together) {
    await inbox.letIn();
    if (inbox.ending() !== null) return null;
    said.push(predictor.predict(texts.slice(first, first + together)));
  }
  return said;
}
