/**
 * The part of tfjs-node's native side that this room talks to. tfjs-node is loaded by whoever owns the process
 * (trainer/device.ts, or a test); here it is only found through the registered backend.
 */

import * as tf from '@tensorflow/tfjs-core';
import type { TensorValues } from './step.ts';

export interface NativeTensor {
  readonly id: number;
  readonly shape: number[];
  readonly dtype: number;
}

export interface NativeAttribute {
  readonly name: string;
  readonly type: number;
  readonly value: unknown;
}

/** tfjs_binding.node, see `tfjs_binding.d.ts` of tfjs-node-gpu 4.22. Tensor ids are counted up and never used twice. */
export interface NativeBinding {
  createTensor(shape: readonly number[], dtype: number, values: TensorValues): number;
  deleteTensor(id: number): void;
  tensorDataSync(id: number): TensorValues;
  executeOp(
    name: string,
    attributes: readonly NativeAttribute[],
    inputs: readonly number[],
    outputs: number,
  ): NativeTensor[];
  loadSavedModel(folder: string, tags: string): number;
  deleteSavedModel(id: number): void;
  runSavedModel(id: number, inputs: readonly number[], inputNames: string, outputNames: string): NativeTensor[];
  getNumOfTensors(): number;
  getNumOfSavedModels(): number;
  readonly TF_ATTR_STRING: number;
  readonly TF_ATTR_INT: number;
  readonly TF_ATTR_FLOAT: number;
  readonly TF_ATTR_BOOL: number;
  readonly TF_ATTR_TYPE: number;
  readonly TF_ATTR_SHAPE: number;
}

/** What tfjs-node knows of a tensor: host `values` as long as they wait to be made native, an `id` from then on. */
export interface NativeTensorEntry {
  readonly id: number;
  readonly values: object | null;
  readonly shape: readonly number[];
}

/** tfjs-node's backend: `binding` is an ordinary property, read anew for each operation. */
export interface NativeBackend {
  readonly isUsingGpuDevice: boolean;
  binding: NativeBinding;
  getInputTensorIds(tensors: readonly tf.Tensor[]): number[];
  createOutputTensor(native: NativeTensor): tf.Tensor;
  write(values: object, shape: readonly number[], dtype: string): object;
  readSync(dataId: object): unknown;
  readonly tensorMap: { get(dataId: object): NativeTensorEntry };
}

/** Throws when tfjs runs on another backend: recording and replaying need TensorFlow itself. */
export function nativeBackend(): NativeBackend {
  if (tf.getBackend() !== 'tensorflow') {
    throw new Error(`Compiled steps need the 'tensorflow' backend of tfjs-node, but '${tf.getBackend()}' is in use.`);
  }
  return tf.backend() as unknown as NativeBackend;
}
