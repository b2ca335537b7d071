import type { PointTaskConfig } from '../../../shared/run-config/schema.ts';
import { drawPoint, drawPointTask } from '../../../shared/tasks/point-task.ts';
import type { TaskSampler, TaskShape } from './task-batch.ts';

const classes = 2;

export const pointTaskShape = ({ shot, query }: PointTaskConfig): TaskShape => ({
  supportExamples: classes * shot,
  queryExamples: classes * query,
  exampleShape: [2],
  outputs: classes,
});

/** `shot` support and `query` query points of each class, class by class, one-hot targets. */
export function createPointSampler(config: PointTaskConfig): TaskSampler {
  const { family, shot, query } = config;
  return {
    shape: pointTaskShape(config),
    drawInto: (batch, position, random) => {
      const task = drawPointTask(random, family);
      const fill = (inputs: Float32Array, targets: Float32Array, count: number) => {
        for (let i = 0; i < classes * count; i++) {
          const label = i < count ? 0 : 1;
          const at = 2 * (position * classes * count + i); // both pairs are two numbers long
          inputs.set(drawPoint(task, label, random), at);
          targets[at] = 1 - label;
          targets[at + 1] = label;
        }
      };
      fill(batch.supportInputs, batch.supportTargets, shot);
      fill(batch.queryInputs, batch.queryTargets, query);
    },
  };
}
