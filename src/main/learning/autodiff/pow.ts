import * as tf from '@tensorflow/tfjs-core';
import { defineGradient } from './define-gradient.ts';
import { constantMask } from './stop-gradient.ts';
import { sumToShape } from './sum-to-shape.ts';

/** Stock saves the output, which the derivative by the exponent needs. That derivative is taken as 0 for base <= 0. */
export const powGradient = defineGradient(tf.Pow, ['a', 'b'], (dy, [base, exponent]) => ({
  a: () => {
    const slope = tf.mul(exponent!, tf.pow(base!, tf.sub(exponent!, 1)));
    return sumToShape(tf.mul(dy, slope), base!.shape);
  },
  b: () => {
    const positive = constantMask(tf.greater(base!, 0));
    const safeBase = tf.add(tf.mul(base!, positive), tf.sub(1, positive)); // log 1 = 0 where the base is not positive
    return sumToShape(tf.mul(dy, tf.mul(tf.pow(base!, exponent!), tf.log(safeBase))), exponent!.shape);
  },
}));
