import type * as tf from '@tensorflow/tfjs-core';
import type { ParameterSpec } from '../models/model.ts';

/** An update rule as a pure function: parameters, gradients and slots in, parameters and slots out. */
export interface Optimizer {
  /** Its own state, which starts at zero: names such as `adam/first-moment/conv1/kernel`. */
  slots(parameters: readonly Pick<ParameterSpec, 'name' | 'shape'>[]): readonly SlotSpec[];
  update(
    parameters: readonly tf.Tensor[],
    gradients: readonly tf.Tensor[],
    slots: readonly tf.Tensor[],
    rateFactor?: tf.Tensor, // scalar that the rate is multiplied with; none: 1
  ): { readonly parameters: readonly tf.Tensor[]; readonly slots: readonly tf.Tensor[] };
}

export interface SlotSpec {
  readonly name: string;
  readonly shape: readonly number[];
}
