import * as tf from '@tensorflow/tfjs-core';
import { defineGradient } from './define-gradient.ts';
import { constantMask, stopGradient } from './stop-gradient.ts';
import { sumToShape } from './sum-to-shape.ts';

/** Element-wise choices. Stock throws on the second pass and forgets to undo broadcasting. */
const atLeast = (a: tf.Tensor, b: tf.Tensor): tf.Tensor =>
  constantMask(tf.greaterEqual(stopGradient(a), stopGradient(b)));

export const maximumGradient = defineGradient(tf.Maximum, ['a', 'b'], (dy, [a, b]) => ({
  a: () => sumToShape(tf.mul(dy, atLeast(a!, b!)), a!.shape),
  b: () => sumToShape(tf.mul(dy, tf.sub(1, atLeast(a!, b!))), b!.shape),
}));

export const minimumGradient = defineGradient(tf.Minimum, ['a', 'b'], (dy, [a, b]) => ({
  a: () => sumToShape(tf.mul(dy, atLeast(b!, a!)), a!.shape),
  b: () => sumToShape(tf.mul(dy, tf.sub(1, atLeast(b!, a!))), b!.shape),
}));

export const clipByValueGradient = defineGradient(tf.ClipByValue, ['x'], (dy, [x], attributes) => ({
  x: () => {
    const values = stopGradient(x!);
    const above = constantMask(tf.greaterEqual(values, attributes.clipValueMin as number));
    const below = constantMask(tf.lessEqual(values, attributes.clipValueMax as number));
    return tf.mul(dy, tf.mul(above, below));
  },
}));
