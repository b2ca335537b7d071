import { createRandom, type Random } from '../../../shared/random/random.ts';
import type { PointTaskConfig, SinusoidTaskConfig } from '../../../shared/run-config/schema.ts';
import { type CurveTask, drawCurveTask, drawInput, drawTarget } from '../../../shared/tasks/curve-task.ts';
import { drawPoint, drawPointTask, type Point, type PointTask } from '../../../shared/tasks/point-task.ts';

/**
 * Training tasks of a run as the trainer draws them: the stream `train-tasks` of its seed gives a task, then its support
 * and then its query. `skip` counts the tasks before the wanted one.
 */

export interface DrawnCurve {
  readonly task: CurveTask;
  readonly support: readonly { readonly x: number; readonly y: number }[];
  readonly query: readonly { readonly x: number; readonly y: number }[];
}

export function drawCurve(config: SinusoidTaskConfig, seed: number, skip: number): DrawnCurve {
  return afterSkipping(seed, skip, (random) => {
    const task = drawCurveTask(random, config.variant);
    const points = (count: number) =>
      Array.from({ length: count }, () => {
        const x = drawInput(task, random);
        return { x, y: drawTarget(task, x, random) };
      });
    return { task, support: points(config.shot), query: points(config.query) };
  });
}

export interface LabelledPoint {
  readonly label: 0 | 1;
  readonly at: Point;
}

export interface DrawnPoints {
  readonly task: PointTask;
  readonly support: readonly LabelledPoint[];
  readonly query: readonly LabelledPoint[];
}

export function drawPoints(config: PointTaskConfig, seed: number, skip: number): DrawnPoints {
  return afterSkipping(seed, skip, (random) => {
    const task = drawPointTask(random, config.family);
    const points = (count: number) =>
      ([0, 1] as const).flatMap((label) =>
        Array.from({ length: count }, () => ({ label, at: drawPoint(task, label, random) })),
      );
    return { task, support: points(config.shot), query: points(config.query) };
  });
}

function afterSkipping<Drawn>(seed: number, skip: number, draw: (random: Random) => Drawn): Drawn {
  const random = createRandom(seed, 'train-tasks');
  for (let passed = 0; passed < skip; passed++) draw(random);
  return draw(random);
}
