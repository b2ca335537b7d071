import { createRandom } from '../../../shared/random/random.ts';
import type { SinusoidTaskConfig } from '../../../shared/run-config/schema.ts';
import { drawSinusoid, type Sinusoid, sinusoidAt, sinusoidInputRange } from '../../../shared/tasks/sinusoid.ts';

export interface DrawnWave {
  readonly wave: Sinusoid;
  readonly support: readonly { readonly x: number; readonly y: number }[];
  readonly query: readonly { readonly x: number; readonly y: number }[];
}

/**
 * The training task number `skip` (from 0) of a run: the stream `train-tasks` of its seed gives a wave, then the inputs
 * of its support and of its query points, as the trainer draws them.
 */
export function drawWave(task: SinusoidTaskConfig, seed: number, skip: number): DrawnWave {
  const random = createRandom(seed, 'train-tasks');
  const draw = (): DrawnWave => {
    const wave = drawSinusoid(random, task.variant);
    const points = (count: number) =>
      Array.from({ length: count }, () => {
        const x = random.uniformBetween(sinusoidInputRange.low, sinusoidInputRange.high);
        return { x, y: sinusoidAt(wave, x) };
      });
    return { wave, support: points(task.shot), query: points(task.query) };
  };
  for (let passed = 0; passed < skip; passed++) draw();
  return draw();
}
