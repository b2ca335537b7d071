import { InnerloopError } from '../../shared/contract/errors.ts';
import type { TrainJob } from '../../shared/contract/trainer.ts';
import { count } from '../../shared/text/number-words.ts';
import type { NamedTensor } from '../learning/named-tensor.ts';
import type { Best } from './checkpoint-file.ts';
import type { CheckpointFolder } from './checkpoint-folder.ts';
import { type EpisodeSetting, measureEpisodes } from './measure-episodes.ts';
import { evaluationMessage } from './reported-evaluation.ts';
import { evaluationLine } from './wording.ts';

export interface FinalSetting extends EpisodeSetting {
  readonly job: TrainJob;
  readonly checkpoints: CheckpointFolder;
}

interface Contestant {
  readonly kind: 'final' | 'untrained';
  readonly words: string;
  readonly iteration: number;
  readonly parameters: readonly NamedTensor[];
}

/**
 * Measures the trained network on test episodes, and the same network untrained, adapted in the same way to the same
 * episodes: the honest zero line. Trained means the best checkpoint where the run validated, else the last iteration.
 */
export async function evaluateFinally(setting: FinalSetting, best: Best | null): Promise<'done' | 'cut-short'> {
  const { job, report, learner } = setting;
  const { finalSplit, finalEpisodes, episodeSeed, testSteps } = job.config.evaluation;
  if (finalSplit === 'none') return 'done';
  report({ type: 'phase', phase: 'evaluating' });
  const untrained: Contestant = {
    kind: 'untrained',
    words: 'untrained',
    iteration: 0,
    parameters: learner.initialParameters(),
  };
  for (const contestant of [await trained(setting, best), untrained]) {
    const measured = await measureEpisodes(setting, {
      split: finalSplit,
      episodes: finalEpisodes,
      episodeSeed,
      steps: testSteps,
      from: contestant.parameters,
    });
    if (!measured) return 'cut-short';
    const { kind, iteration, words } = contestant;
    const evaluated = { kind, iteration, split: finalSplit, ...measured };
    report(evaluationMessage(job.config, job.dataset, evaluated));
    const line = evaluationLine(`${finalSplit} tasks, ${words}`, measured.outcome, testSteps, measured.durationMs);
    report({ type: 'log', level: 'eval', message: line });
  }
  return 'done';
}

async function trained(setting: FinalSetting, best: Best | null): Promise<Contestant> {
  const { learner, report } = setting;
  const last = learner.iteration;
  if (best && best.iteration !== last) {
    const parameters = await bestParameters(setting, best.iteration);
    if (parameters) return contestant(best.iteration, 'the best checkpoint by validation', parameters);
  }
  const why = best ? (best.iteration === last ? ', the best by validation' : '') : '; the run was not validated';
  return contestant(last, `the last iteration${why}`, learner.parameters());

  function contestant(iteration: number, words: string, parameters: readonly NamedTensor[]): Contestant {
    const choice = `final evaluation takes iteration ${count(iteration)}: ${words}`;
    report({ type: 'log', level: 'info', message: choice });
    return { kind: 'final', words: `trained, iteration ${count(iteration)}`, iteration, parameters };
  }
}

/** null, with a warning, when the file is gone or damaged: the numbers of a long run are not lost over it. */
async function bestParameters({ checkpoints, report }: FinalSetting, iteration: number) {
  try {
    return await checkpoints.parametersAt(iteration);
  } catch (thrown) {
    if (!(thrown instanceof InnerloopError)) throw thrown;
    const message = `the best checkpoint cannot be used, the last iteration takes its place. ${thrown.message}`;
    report({ type: 'log', level: 'warn', message });
    return null;
  }
}
