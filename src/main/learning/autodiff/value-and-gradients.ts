import * as tf from '@tensorflow/tfjs-core';
import { stopGradient } from './stop-gradient.ts';

export interface Differentiated {
  /** The scalar whose gradients are asked for. */
  readonly value: tf.Tensor;
  /** Tensors that are computed on the way and read as they are, not differentiated. */
  readonly measured: readonly tf.Tensor[];
}

export interface ValueAndGradients extends Differentiated {
  readonly gradients: readonly tf.Tensor[];
}

/** Like `tf.valueAndGrads`, which lets nothing but the scalar out of the differentiated function. */
export function valueAndGradients(
  f: (inputs: readonly tf.Tensor[]) => Differentiated,
  inputs: readonly tf.Tensor[],
): ValueAndGradients {
  const kept: tf.Tensor[] = [];
  const differentiated = (...at: tf.Tensor[]): tf.Tensor => {
    const { value, measured } = f(at);
    kept.push(...measured.map((tensor) => tf.keep(stopGradient(tensor)))); // outlives the scope of the forward pass
    return value;
  };
  try {
    const { value, grads } = tf.valueAndGrads(differentiated)([...inputs]);
    return { value, gradients: grads, measured: kept.map(stopGradient) };
  } finally {
    tf.dispose(kept);
  }
}
