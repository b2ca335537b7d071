import * as tf from '@tensorflow/tfjs-core';
import { defineGradient } from './define-gradient.ts';

/** Stock saves the output: the second derivative loses its whole exp term. */
export const expGradient = defineGradient(tf.Exp, ['x'], (dy, [x]) => ({ x: () => tf.mul(dy, tf.exp(x!)) }));
