import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { registerSecondOrderGradients } from '../../../src/main/learning/autodiff/second-order-gradients.ts';
import { crossEntropy, type TaskLoss } from '../../../src/main/learning/losses.ts';
import { loadTensorFlow } from '../../../src/main/trainer/device.ts';
import { hessianVectorError } from '../differences.ts';
import { gradientCases } from './cases.ts';
import { differentiatedKernels } from './differentiated-kernels.ts';
import { kernelsOf, uses } from './second-order-uses.ts';
import { verifiedKernels } from './verified-kernels.ts';

/** No meta-gradient without a numeric test: what a network, loss or algorithm differentiates must stand in the list. */

const verified = new Set<string>();

beforeAll(async () => {
  await loadTensorFlow();
  registerSecondOrderGradients();
  for (const [kernel, name] of Object.entries(verifiedKernels)) {
    for (const derivative of derivativesIn(name)) if (derivative.startsWith(`${kernel}.`)) verified.add(derivative);
  }
});

/** What the outer pass of a case's Hessian-vector product differentiates: second-order-gradients.test.ts holds it. */
function derivativesIn(name: string): ReadonlySet<string> {
  const found = gradientCases.find((own) => own.name === name);
  if (!found) throw new Error(`There is no case "${name}".`);
  return differentiatedKernels(() => void hessianVectorError(found.f, found.inputs())).outermost;
}

const used = new Set<string>(); // by what ran so far

describe('the list of verified kernels', () => {
  it.each(Object.entries(verifiedKernels))('%s is differentiated twice by the case "%s"', (kernel, name) => {
    expect([...derivativesIn(name)].map((derivative) => derivative.split('.')[0])).toContain(kernel);
  });
});

describe.each([...new Set(uses.map(({ model }) => model.name))])('%s', (name) => {
  it.each(
    uses
      .filter(({ model }) => model.name === name)
      .map(
        (use) =>
          [use.algorithm.kind, use.innerOptimizer, use.loss === crossEntropy ? 'cross-entropy' : 'MSE', use] as const,
      ),
  )('under %s with %s and %s differentiates nothing but verified kernels', (_kind, _optimizer, _loss, use) => {
    const before = tf.memory().numTensors;
    const derivatives = kernelsOf(use);
    expect([...derivatives].filter((derivative) => !verified.has(derivative))).toEqual([]);
    for (const derivative of derivatives) used.add(derivative.split('.')[0]!);
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('an operation that nobody verified', () => {
  const maml = uses.find(({ model, algorithm }) => model.config.kind === 'mlp' && algorithm.kind === 'maml')!;
  const withLoss = (loss: TaskLoss, among: ReadonlySet<string> = verified): string[] =>
    [...kernelsOf({ ...maml, loss })].filter((derivative) => !among.has(derivative));

  it('is found by name', () => {
    const found = withLoss((logits, targets) => crossEntropy(tf.sin(logits), targets));
    expect(found).toEqual(expect.arrayContaining(['Sin.x', 'Cos.x']));
  });

  it('is found where stock tfjs would be silently wrong: in a loss with a gradient of its own', () => {
    const found = withLoss((logits, targets) =>
      tf.neg(tf.mean(tf.sum(tf.mul(tf.logSoftmax(logits), targets), -1), -1)),
    );
    expect(found.join()).toMatch(/softmax/i);
  });

  it('is found where only one of its inputs was ever tried', () => {
    const power: TaskLoss = (logits, targets) => crossEntropy(tf.pow(2, logits), targets);
    const butTheExponent = new Set([...verified].filter((derivative) => derivative !== 'Pow.b'));
    expect(withLoss(power, butTheExponent)).toEqual(['Pow.b']);
    expect(withLoss(power)).toEqual([]);
  });
});

describe('the list of verified kernels, after all', () => {
  it('has none that nobody used', () => {
    expect(Object.keys(verifiedKernels).filter((kernel) => !used.has(kernel))).toEqual([]);
  });
});
