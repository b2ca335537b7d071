/** A program: prints, as JSON, what stock tfjs makes of each case's Hessian-vector product. Ours are not registered. */
import * as tf from '@tensorflow/tfjs-core';
import { loadTensorFlow } from '../../../src/main/trainer/device.ts';
import { hessianVectorError } from '../differences.ts';
import { gradientCases } from './cases.ts';

async function main(): Promise<void> {
  await loadTensorFlow();
  const outcomes = Object.fromEntries(gradientCases.map(({ name, f, inputs }) => [name, outcomeOf(f, inputs)]));
  process.stdout.write(JSON.stringify(outcomes));
}

function outcomeOf(f: (...inputs: tf.Tensor[]) => tf.Tensor, inputs: () => tf.Tensor[]): string {
  try {
    return tf.tidy(() => hessianVectorError(f, inputs())) < 2e-3 ? 'right' : 'wrong';
  } catch {
    return 'throws';
  }
}

await main();
