import { adviseLayout } from '../../shared/run-config/layout-advice.ts';
import type { MetaRunConfig } from '../../shared/run-config/schema.ts';
import { type Model, parameterCount } from './models/model.ts';
import type { TaskLayout } from './task-layout.ts';
import type { TaskShape } from './tasks/task-batch.ts';

/** Above this many weights in a step, the native call no longer counts beside the arithmetic. */
const SMALL_STEP_WEIGHTS = 500_000;

export interface ChosenLayout {
  readonly layout: TaskLayout;
  /** Why a wish of the config was not followed. */
  readonly reason: string | null;
  /** Whether steps are so small that several in one native call pay. */
  readonly suits: 'several' | 'one';
  /** Episodes in one call of an evaluation with this many inner steps. */
  episodesPerCall(steps: number): number;
}

/** How to lay out the tasks of a step of this network, which trains on tasks of this shape. */
export function chooseLayout(config: MetaRunConfig, model: Model, shape: TaskShape): ChosenLayout {
  const { metaBatch } = config.outer;
  const parameters = parameterCount(model.parameters);
  const { activationSize, taskAxis } = model;
  const examples = shape.supportExamples + shape.queryExamples;
  const advice = adviseLayout(config, { parameters, activationSize, taskAxis, examples });
  const { batching, tasksPerStep, episodesPerCall } = advice;
  const unfollowed = batching === 'looped' && config.engine.taskBatching === 'batched';
  return {
    layout: { batching, tasksPerStep, metaBatch },
    reason: unfollowed ? 'Convolutions take one set of weights at a time, so tasks run one after another.' : null,
    suits: batching === 'batched' && parameters * metaBatch <= SMALL_STEP_WEIGHTS ? 'several' : 'one',
    episodesPerCall,
  };
}
