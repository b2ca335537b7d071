import type { Random } from '../../../shared/random/random.ts';
import type { SinusoidTaskConfig } from '../../../shared/run-config/schema.ts';
import { drawSinusoid, type Sinusoid, sinusoidAt, sinusoidInputRange } from '../../../shared/tasks/sinusoid.ts';
import type { TaskSampler, TaskShape } from './task-batch.ts';

export const sinusoidTaskShape = ({ shot, query }: SinusoidTaskConfig): TaskShape => ({
  supportExamples: shot,
  queryExamples: query,
  exampleShape: [1],
  outputs: 1,
});

/** Support and query points of one sinusoid each, x uniform in [-5, 5]. */
export function createSinusoidSampler(config: SinusoidTaskConfig): TaskSampler {
  const { variant, shot, query } = config;
  return {
    shape: sinusoidTaskShape(config),
    drawInto: (batch, position, random) => {
      const wave = drawSinusoid(random, variant);
      drawPoints(wave, random, batch.supportInputs, batch.supportTargets, position * shot, shot);
      drawPoints(wave, random, batch.queryInputs, batch.queryTargets, position * query, query);
    },
  };
}

function drawPoints(
  wave: Sinusoid,
  random: Random,
  inputs: Float32Array,
  targets: Float32Array,
  offset: number,
  count: number,
): void {
  for (let i = offset; i < offset + count; i++) {
    const x = random.uniformBetween(sinusoidInputRange.low, sinusoidInputRange.high);
    inputs[i] = x;
    targets[i] = sinusoidAt(wave, x);
  }
}
