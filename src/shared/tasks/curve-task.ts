import type { Random } from '../random/random.ts';
import type { SinusoidTaskConfig } from '../run-config/schema.ts';
import { drawSinusoid, type Sinusoid, sinusoidAt, sinusoidInputRange } from './sinusoid.ts';

/** What a task of one-dimensional regression is to learn: a sum of sine waves, or a line. */
export type Curve =
  | { readonly kind: 'waves'; readonly waves: readonly Sinusoid[] }
  | { readonly kind: 'line'; readonly slope: number; readonly intercept: number };

export interface CurveTask {
  readonly curve: Curve;
  /** Where inputs lie: uniform between two numbers, or normal around one with deviation 1. */
  readonly inputs:
    | { readonly kind: 'uniform'; readonly low: number; readonly high: number }
    | { readonly kind: 'normal'; readonly mean: number };
  /** Standard deviation of the Gaussian noise on every target. */
  readonly noise: number;
}

const inPaperRange = { kind: 'uniform', ...sinusoidInputRange } as const;

/**
 * The next task of a family. `finn-2017`, `meta-sgd-2017`: one wave without noise (sinusoid.ts).
 *
 * `harmonic-2018`: a1 sin(w x + b1) + a2 sin(2 w x + b2) with a ~ N(0, 1), b ~ U[0, 2 pi], w ~ U[5, 7] and inputs
 * N(m, 1), m ~ U[-4, 4], of Lacoste, Oreshkin, Chung, Boquet, Rostamzadeh, Krueger 2018, arXiv 1806.07528. The ranges
 * are those of the loader in torchmeta, which leaves the noise to its user; here its deviation is 0.1.
 *
 * `platipus-2018`: one half waves with amplitude U[0.1, 5] and phase U[0, pi], one half lines with slope and intercept
 * U[-3, 3], noise 0.3, of Finn, Xu, Levine 2018, arXiv 1806.02817.
 */
export function drawCurveTask(random: Random, variant: SinusoidTaskConfig['variant']): CurveTask {
  switch (variant) {
    case 'finn-2017':
    case 'meta-sgd-2017':
      return { curve: { kind: 'waves', waves: [drawSinusoid(random, variant)] }, inputs: inPaperRange, noise: 0 };
    case 'harmonic-2018':
      return drawHarmonic(random);
    case 'platipus-2018':
      return { curve: drawWaveOrLine(random), inputs: inPaperRange, noise: 0.3 };
  }
}

function drawHarmonic(random: Random): CurveTask {
  const mean = random.uniformBetween(-4, 4);
  const frequency = random.uniformBetween(5, 7);
  const waves = [1, 2].map((multiple) => ({
    amplitude: random.normal(),
    frequency: multiple * frequency,
    phase: random.uniformBetween(0, 2 * Math.PI),
  }));
  return { curve: { kind: 'waves', waves }, inputs: { kind: 'normal', mean }, noise: 0.1 };
}

function drawWaveOrLine(random: Random): Curve {
  if (random.integer(2) === 0) return { kind: 'waves', waves: [drawSinusoid(random, 'finn-2017')] };
  return { kind: 'line', slope: random.uniformBetween(-3, 3), intercept: random.uniformBetween(-3, 3) };
}

/** The curve's height, without noise. */
export function curveAt(curve: Curve, x: number): number {
  if (curve.kind === 'line') return curve.intercept + curve.slope * x;
  let sum = 0;
  for (const wave of curve.waves) sum += sinusoidAt(wave, x);
  return sum;
}

export const drawInput = ({ inputs }: CurveTask, random: Random): number =>
  inputs.kind === 'uniform' ? random.uniformBetween(inputs.low, inputs.high) : inputs.mean + random.normal();

/** What is observed at x: the height, and noise where the family has any. */
export const drawTarget = ({ curve, noise }: CurveTask, x: number, random: Random): number =>
  noise === 0 ? curveAt(curve, x) : curveAt(curve, x) + noise * random.normal();

/** Inputs that are worth looking at: all of a uniform range, three deviations of a normal one. */
export const shownInputs = ({ inputs }: CurveTask): { readonly low: number; readonly high: number } =>
  inputs.kind === 'uniform' ? inputs : { low: inputs.mean - 3, high: inputs.mean + 3 };
