/**
 * What tfjs's engine must do differently for a moment: keep count of the tensors made, so that none is left behind when
 * a step throws (an exception inside a gradient leaks tensors even within tf.tidy).
 */

import * as tf from '@tensorflow/tfjs-core';

/** Replaces `target[key]` and returns what puts the old value back. */
export function replace<Target extends object, Key extends keyof Target>(
  target: Target,
  key: Key,
  value: Target[Key],
): () => void {
  const own = Object.getOwnPropertyDescriptor(target, key);
  Object.defineProperty(target, key, {
    value,
    writable: true,
    configurable: true,
    enumerable: own?.enumerable ?? false,
  });
  return () => {
    if (own === undefined) {
      Reflect.deleteProperty(target, key);
    } else {
      Object.defineProperty(target, key, own);
    }
  };
}

/** Runs `make` and, when it throws, disposes every tensor that was made meanwhile. */
export function disposingOnError<Result>(make: () => Result): Result {
  const { result, made, error } = collectTensors(make);
  if (error !== undefined) {
    disposeAll(made);
    throw error.thrown;
  }
  return result as Result;
}

/** Runs `make` and disposes every tensor made meanwhile, whether it throws or not. */
export function disposingAlways<Result>(make: () => Result): Result {
  const { result, made, error } = collectTensors(make);
  disposeAll(made);
  if (error !== undefined) {
    throw error.thrown;
  }
  return result as Result;
}

interface Collected<Result> {
  readonly made: readonly tf.Tensor[];
  readonly result?: Result;
  readonly error?: { readonly thrown: unknown };
}

function collectTensors<Result>(make: () => Result): Collected<Result> {
  const engine = tf.engine();
  const made: tf.Tensor[] = [];
  const trackTensor = engine.trackTensor;
  const restore = replace(engine, 'trackTensor', (tensor, backend) => {
    made.push(tensor);
    trackTensor.call(engine, tensor, backend);
  });
  try {
    return { made, result: make() };
  } catch (thrown) {
    return { made, error: { thrown } };
  } finally {
    restore();
  }
}

function disposeAll(tensors: readonly tf.Tensor[]): void {
  for (const tensor of tensors) {
    if (!tensor.isDisposed) {
      tensor.dispose();
    }
  }
}
