import * as tf from '@tensorflow/tfjs-core';

/**
 * The same values as a constant: no gradient flows back through the result. tfjs-core has no such op.
 * It is a second handle on the same buffer, unknown to the tape, so it costs no kernel and no memory.
 */
export function stopGradient<T extends tf.Tensor>(tensor: T): T {
  const engine = tf.engine();
  engine.backend.incRef(tensor.dataId); // each handle gives back one reference when it is disposed
  return engine.makeTensorFromTensorInfo({ dataId: tensor.dataId, shape: tensor.shape, dtype: tensor.dtype }) as T;
}

/** 1 where `condition` holds and 0 elsewhere, as a constant: the derivative of a piecewise linear choice. */
export function constantMask(condition: tf.Tensor): tf.Tensor {
  return stopGradient(tf.cast(stopGradient(condition), 'float32'));
}
