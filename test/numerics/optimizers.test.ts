import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { clipGradients, globalNorm } from '../../src/main/learning/optimizers/clip.ts';
import { optimizers } from '../../src/main/learning/optimizers/registry.ts';
import { loadTensorFlow } from '../../src/main/trainer/device.ts';
import type { ClipConfig } from '../../src/shared/run-config/schema.ts';
import { relativeError } from '../learning/differences.ts';
import { readFixture } from './fixture.ts';

interface OptimizerFixture {
  readonly shapes: number[][];
  readonly parameters: number[][];
  readonly gradients: number[][][];
  readonly rate: number;
  readonly limit: number;
  readonly weightDecay: number;
  readonly norms: number[];
  readonly expected: Record<ClipConfig['kind'], Record<'adam' | 'adamw' | 'sgd', number[][]>>;
}

const fixture = readFixture<OptimizerFixture>('optimizers');
const tensorsOf = (values: number[][]): tf.Tensor[] =>
  values.map((own, i) => tf.tensor(own, fixture.shapes[i], 'float32'));

beforeAll(async () => {
  await loadTensorFlow();
});

describe.each(['adam', 'adamw', 'sgd'] as const)('%s, three steps', (kind) => {
  it.each(['off', 'value', 'norm'] as const)('clip %s: as the reference', (clipKind) => {
    const clip: ClipConfig = clipKind === 'off' ? { kind: 'off' } : { kind: clipKind, limit: fixture.limit };
    const start = tensorsOf(fixture.parameters);
    const optimizer = optimizers[kind]({ rate: fixture.rate, weightDecay: fixture.weightDecay });
    let parameters: readonly tf.Tensor[] = start;
    let slots: readonly tf.Tensor[] = optimizer
      .slots(fixture.shapes.map((shape, i) => ({ name: `p${i}`, shape })))
      .map(({ shape }) => tf.zeros([...shape]));
    for (const step of fixture.gradients) {
      const gradients = tensorsOf(step);
      const clipped = clipGradients(gradients, globalNorm(gradients), clip);
      ({ parameters, slots } = optimizer.update(parameters, clipped, slots));
    }
    const moved = parameters.flatMap((parameter, i) => [...tf.sub(parameter, start[i]!).dataSync()]);
    const expected = fixture.expected[clipKind][kind].flatMap((own, i) =>
      own.map((value, j) => value - fixture.parameters[i]![j]!),
    );
    expect(relativeError(moved, expected)).toBeLessThan(1e-5);
  });
});

describe.each(['adam', 'adamw', 'sgd'] as const)('%s with a factor for its rate', (kind) => {
  it('moves as with the rate times the factor', () => {
    const start = tensorsOf(fixture.parameters);
    const gradients = tensorsOf(fixture.gradients[0]!);
    const moveBy = (rate: number, factor?: tf.Tensor) => {
      const optimizer = optimizers[kind]({ rate, weightDecay: 0.5 });
      const slots = optimizer.slots(fixture.shapes.map((shape, i) => ({ name: `p${i}`, shape })));
      const zeros = slots.map(({ shape }) => tf.zeros([...shape]));
      const { parameters } = optimizer.update(start, gradients, zeros, factor);
      return parameters.flatMap((parameter, i) => [...tf.sub(parameter, start[i]!).dataSync()]);
    };
    expect(relativeError(moveBy(0.04, tf.scalar(0.25)), moveBy(0.01))).toBeLessThan(1e-4);
  });
});

describe('globalNorm', () => {
  it('is that of all gradients together', () => {
    fixture.gradients.forEach((step, i) => {
      expect(globalNorm(tensorsOf(step)).dataSync()[0]).toBeCloseTo(fixture.norms[i]!, 4);
    });
  });
});
