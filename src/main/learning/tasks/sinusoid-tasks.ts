import type { Random } from '../../../shared/random/random.ts';
import type { SinusoidTaskConfig } from '../../../shared/run-config/schema.ts';
import { type CurveTask, drawCurveTask, drawInput, drawTarget } from '../../../shared/tasks/curve-task.ts';
import type { TaskSampler, TaskShape } from './task-batch.ts';

export const sinusoidTaskShape = ({ shot, query }: SinusoidTaskConfig): TaskShape => ({
  supportExamples: shot,
  queryExamples: query,
  exampleShape: [1],
  outputs: 1,
});

/** Support and query points of one curve each. */
export function createSinusoidSampler(config: SinusoidTaskConfig): TaskSampler {
  const { variant, shot, query } = config;
  return {
    shape: sinusoidTaskShape(config),
    drawInto: (batch, position, random) => {
      const task = drawCurveTask(random, variant);
      drawPoints(task, random, batch.supportInputs, batch.supportTargets, position * shot, shot);
      drawPoints(task, random, batch.queryInputs, batch.queryTargets, position * query, query);
    },
  };
}

function drawPoints(
  task: CurveTask,
  random: Random,
  inputs: Float32Array,
  targets: Float32Array,
  offset: number,
  count: number,
): void {
  for (let i = offset; i < offset + count; i++) {
    const x = drawInput(task, random);
    inputs[i] = x;
    targets[i] = drawTarget(task, x, random);
  }
}
