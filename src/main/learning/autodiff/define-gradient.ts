import type * as tf from '@tensorflow/tfjs-core';

type InputGradients = ReturnType<tf.GradFunc>;
export type Attributes = NonNullable<Parameters<tf.GradFunc>[2]>;

/**
 * The gradient of a kernel with one output, as a declaration. Only inputs are saved, never outputs: a saved output is
 * cut off from the tape (tfjs-core 4.22, `saveTensorsForBackwardMode`), so that its part of the second derivative
 * would silently vanish. What a gradient needs of the output it computes again from the inputs.
 */
export function defineGradient(
  kernelName: string,
  inputsToSave: string[],
  gradientOf: (dy: tf.Tensor, saved: tf.Tensor[], attributes: Attributes) => InputGradients,
): tf.GradConfig {
  return {
    kernelName,
    inputsToSave,
    gradFunc: (dy, saved, attributes) => {
      if (Array.isArray(dy)) throw new Error(`${kernelName} has ${dy.length} outputs, but its gradient expects one.`);
      return gradientOf(dy, saved, attributes);
    },
  };
}
