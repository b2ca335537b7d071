import * as tf from '@tensorflow/tfjs-core';
import { avgPoolGradGradient, avgPoolGradient } from './avg-pool.ts';
import { clipByValueGradient, maximumGradient, minimumGradient } from './choices.ts';
import { comparisonGradients, logicalNotGradient } from './comparisons.ts';
import { conv2dBackpropFilterGradient } from './conv2d-backprop-filter.ts';
import { depthwiseBackpropFilterGradient, depthwiseBackpropInputGradient } from './depthwise-conv2d-backprop.ts';
import { eluGradient, seluGradient } from './elu.ts';
import { expGradient } from './exp.ts';
import { maxGradient, minGradient } from './max.ts';
import { maxPoolGradGradient, maxPoolGradient } from './max-pool.ts';
import { powGradient } from './pow.ts';
import { leakyReluGradient, preluGradient, relu6Gradient, reluGradient } from './rectifiers.ts';
import { meanGradient, sumGradient } from './reductions.ts';
import { sigmoidGradient } from './sigmoid.ts';
import { softmaxGradient } from './softmax.ts';
import { tanhGradient } from './tanh.ts';
import { tileGradient } from './tile.ts';

/** Gradients that stock tfjs 4.22 lacks, has wrong to second order, or computes wastefully there. */
const corrected: readonly tf.GradConfig[] = [
  expGradient,
  tanhGradient,
  sigmoidGradient,
  softmaxGradient,
  powGradient,
  maxGradient,
  minGradient,
  reluGradient,
  relu6Gradient,
  leakyReluGradient,
  preluGradient,
  eluGradient,
  seluGradient,
  maximumGradient,
  minimumGradient,
  clipByValueGradient,
  ...comparisonGradients,
  logicalNotGradient,
  sumGradient,
  meanGradient,
  tileGradient,
  conv2dBackpropFilterGradient,
  depthwiseBackpropInputGradient,
  depthwiseBackpropFilterGradient,
  maxPoolGradient,
  maxPoolGradGradient,
  avgPoolGradient,
  avgPoolGradGradient,
];

/**
 * Makes second-order gradients right for every model and loss of this room. Call before the first gradient; calling
 * again changes nothing. `tf.logSoftmax` and the losses of tfjs stay wrong (`customGrad` switches the tape off):
 * use losses.ts.
 */
export function registerSecondOrderGradients(): void {
  for (const gradient of corrected) {
    const registered = tf.getGradient(gradient.kernelName);
    if (registered === gradient) continue;
    if (registered) tf.unregisterGradient(gradient.kernelName);
    tf.registerGradient(gradient);
  }
}
