import type { Random } from '../random/random.ts';
import type { SinusoidTaskConfig } from '../run-config/schema.ts';

/** One wave: y = amplitude * sin(frequency * x + phase). */
export interface Sinusoid {
  readonly amplitude: number;
  readonly frequency: number;
  readonly phase: number;
}

/** Variants of the sinusoid task with one wave a task. */
export type WaveVariant = Extract<SinusoidTaskConfig['variant'], 'finn-2017' | 'meta-sgd-2017'>;

/** Inputs are uniform in this range in both papers. */
export const sinusoidInputRange = { low: -5, high: 5 } as const;

/**
 * `finn-2017`: amplitude U[0.1, 5], sin(x - phase), phase U[0, pi] (arXiv 1703.03400, section 5.1, and its code).
 * `meta-sgd-2017`: the frequency is U[0.8, 1.2] too, sin(frequency x + phase) (arXiv 1707.09835, section 4.1).
 */
export function drawSinusoid(random: Random, variant: WaveVariant): Sinusoid {
  const amplitude = random.uniformBetween(0.1, 5);
  const phase = random.uniformBetween(0, Math.PI);
  switch (variant) {
    case 'finn-2017':
      return { amplitude, frequency: 1, phase: -phase };
    case 'meta-sgd-2017':
      return { amplitude, frequency: random.uniformBetween(0.8, 1.2), phase };
  }
}

export const sinusoidAt = ({ amplitude, frequency, phase }: Sinusoid, x: number): number =>
  amplitude * Math.sin(frequency * x + phase);
