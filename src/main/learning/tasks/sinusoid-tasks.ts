import type { Random } from '../../../shared/random/random.ts';
import type { SinusoidTaskConfig } from '../../../shared/run-config/schema.ts';
import { drawSinusoid, type Sinusoid, sinusoidAt, sinusoidInputRange } from '../../../shared/tasks/sinusoid.ts';
import type { TaskSampler } from './task-batch.ts';

/** Support and query points of one sinusoid each, x uniform in [-5, 5]. */
export function createSinusoidSampler({ variant, shot, query }: SinusoidTaskConfig): TaskSampler {
  return {
    shape: { supportExamples: shot, queryExamples: query, exampleShape: [1], outputs: 1 },
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
