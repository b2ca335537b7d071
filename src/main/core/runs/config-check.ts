import type { RequestOf, ResponseOf } from '../../../shared/contract/requests.ts';
import { algorithmFacts } from '../../../shared/run-config/algorithm-facts.ts';
import { parseRunConfig } from '../../../shared/run-config/complete.ts';
import { usesField } from '../../../shared/run-config/field-use.ts';
import { groupKeyOf } from '../../../shared/run-config/grouping.ts';
import { batchNormOf } from '../../../shared/run-config/model-facts.ts';
import { resolveRunName } from '../../../shared/run-config/naming.ts';
import type { RunConfig } from '../../../shared/run-config/schema.ts';
import type { CoreContext } from '../context.ts';
import { runsOfGroup } from '../store/runs.ts';
import type { DatasetDesk } from './dataset-desk.ts';
import { estimateRun } from './estimate.ts';
import { checkMemory, memoryAdvice } from './memory-check.ts';
import { withRememberedEngine } from './remembered-engine.ts';

type Checked = ResponseOf<'config.check'>;

/** Everything that the launch form and `config check` say about a config. */
export function checkConfig(
  context: CoreContext,
  datasets: DatasetDesk,
  { config: input }: RequestOf<'config.check'>,
): Checked {
  const parsed = parseRunConfig(input);
  if (!parsed.ok) return wrong(parsed.errors.map((error) => ({ ...error })));
  const task = datasets.check(parsed.config);
  if (task.errors.length > 0) return wrong(task.errors.map((error) => ({ ...error })));
  const memory = checkMemory(parsed.config, datasets);
  const launched = withRememberedEngine(context.db, parsed.config);
  const existing = runsOfGroup(context.db, groupKeyOf(launched), launched.seed);
  return {
    errors: [],
    advice: [
      ...task.advice,
      ...adviceFor(parsed.config),
      ...memoryAdvice(memory),
      ...engineAdvice(parsed.config, launched),
      ...existingAdvice(existing.length),
    ],
    name: resolveRunName(parsed.config),
    estimate: estimateRun(context.db, launched),
    memory: memory?.shown ?? null,
    existing: [...existing],
  };
}

const wrong = (errors: Checked['errors']): Checked => ({
  errors,
  advice: [],
  name: null,
  estimate: null,
  memory: null,
  existing: [],
});

/** Notes that do not block a launch. */
export function adviceFor(config: RunConfig): Checked['advice'] {
  const { evaluation, inner, outer, model, task } = config;
  const advice: Checked['advice'] = [];
  if (evaluation.every === 0 || evaluation.every > outer.iterations) {
    advice.push({
      path: 'evaluation.every',
      level: 'warning',
      message: 'There is no validation, so no best checkpoint can be chosen.',
    });
  }
  const stepsCount = usesField(config, 'inner.steps') && usesField(config, 'evaluation.testSteps');
  if (stepsCount && evaluation.testSteps < inner.steps) {
    advice.push({
      path: 'evaluation.testSteps',
      level: 'info',
      message: `Tested after fewer steps (${evaluation.testSteps}) than are trained (${inner.steps}).`,
    });
  }
  if (algorithmFacts[config.algorithm.kind].rates === 'learned' && evaluation.testSteps > inner.steps) {
    advice.push({
      path: 'evaluation.testSteps',
      level: 'warning',
      message: `Rates learned for ${inner.steps} inner ${inner.steps === 1 ? 'step' : 'steps'} often diverge after more (${evaluation.testSteps}).`,
    });
  }
  if (evaluation.finalSplit === 'train') {
    advice.push({
      path: 'evaluation.finalSplit',
      level: 'warning',
      message: 'The final number is measured on training classes and says nothing about new ones.',
    });
  }
  if (batchNormOf(model) === 'transductive') {
    advice.push({
      path: 'model.batchNorm',
      level: 'info',
      message:
        'Transductive: the query images see each other, as in the paper. Compare only with numbers of this kind.',
    });
  }
  if (task.kind === 'image-classes' && evaluation.finalEpisodes < 600 && evaluation.finalSplit !== 'none') {
    advice.push({
      path: 'evaluation.finalEpisodes',
      level: 'info',
      message: 'Papers report at least 600 test episodes; fewer make the interval wider.',
    });
  }
  return advice;
}

function engineAdvice(given: RunConfig, launched: RunConfig): Checked['advice'] {
  if (given === launched) return [];
  const { xla, taskBatching, stepsPerCall } = launched.engine;
  const way = `XLA ${xla}, tasks ${taskBatching}, iterations per call: ${stepsPerCall}`;
  return [{ path: 'engine.mode', level: 'info', message: `Computed as was measured to be fastest here: ${way}.` }];
}

function existingAdvice(count: number): Checked['advice'] {
  if (count === 0) return [];
  const runs = count === 1 ? 'A run' : `${count} runs`;
  return [{ path: 'seed', level: 'info', message: `${runs} of this config and seed exist already.` }];
}
