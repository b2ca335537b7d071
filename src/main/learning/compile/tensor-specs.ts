/** Between tfjs's names of element types and TensorFlow's numbers, and the host arrays that hold their values. */

import type * as tf from '@tensorflow/tfjs-core';
import { DataType } from './graph-def.ts';
import { elementCount, type TensorSpec } from './recording.ts';
import type { TensorValues } from './step.ts';

/** Throws for element types that a step cannot hold (string, complex64). */
export function specOf(tensor: tf.Tensor): TensorSpec {
  const dtype = (DataType as Readonly<Record<string, number>>)[tensor.dtype];
  if (dtype === undefined) {
    throw new Error(`A step's state and feeds are float32, int32 or bool, but one is ${tensor.dtype}.`);
  }
  return { shape: [...tensor.shape], dtype };
}

const HOST_ARRAYS: Readonly<Record<number, { readonly name: string; readonly tfjs: tf.DataType }>> = {
  [DataType.float32]: { name: 'Float32Array', tfjs: 'float32' },
  [DataType.int32]: { name: 'Int32Array', tfjs: 'int32' },
  [DataType.bool]: { name: 'Uint8Array', tfjs: 'bool' },
};

export function tfjsTypeOf(spec: TensorSpec): tf.DataType {
  return HOST_ARRAYS[spec.dtype]!.tfjs;
}

/** Host values of a tensor of zeros. */
export function zeroValues(dtype: number, shape: readonly number[]): TensorValues {
  const count = elementCount(shape);
  switch (dtype) {
    case DataType.float32:
      return new Float32Array(count);
    case DataType.int32:
      return new Int32Array(count);
    case DataType.int64: // two 32-bit words per element
      return new Int32Array(2 * count);
    default:
      return new Uint8Array(count);
  }
}

/** Throws a sentence that names the tensor whose values have the wrong number or kind. */
export function checkValues(
  what: 'feed' | 'state',
  specs: readonly TensorSpec[],
  values: readonly TensorValues[],
): void {
  if (values.length !== specs.length) {
    throw new Error(`The step takes ${specs.length} ${what} tensors, but ${values.length} were given.`);
  }
  for (let index = 0; index < specs.length; index++) {
    const spec = specs[index]!;
    const given = values[index]!;
    const { name } = HOST_ARRAYS[spec.dtype]!;
    const givenName = given[Symbol.toStringTag];
    if (givenName !== name || given.length !== elementCount(spec.shape)) {
      const expected = `${name} of ${elementCount(spec.shape)} values (shape [${spec.shape}])`;
      throw new Error(`The ${what} tensor ${index} must be a ${expected}, not a ${givenName} of ${given.length}.`);
    }
  }
}

/** Throws a sentence when a step returns a state unlike the one that it was given: shapes and types are fixed for ever. */
export function checkNewState(specs: readonly TensorSpec[], newState: readonly tf.Tensor[]): void {
  if (newState.length !== specs.length) {
    throw new Error(`The step returned ${newState.length} state tensors; it was given ${specs.length}.`);
  }
  specs.forEach((spec, index) => {
    const { dtype, shape } = newState[index]!;
    const [returned, given] = [`${dtype} [${shape}]`, `${tfjsTypeOf(spec)} [${spec.shape}]`];
    if (returned !== given) {
      throw new Error(`The step returned ${returned} as part ${index} of its state, which is ${given}.`);
    }
  });
}
