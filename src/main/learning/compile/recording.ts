/** What a recording holds: the step as a list of operations on symbolic tensors, with no values but the constants'. */

import type { Attributes, ConstantTensor } from './graph-def.ts';
import type { InPlaceUpdate } from './step.ts';

export interface TensorSpec {
  readonly shape: readonly number[];
  /** TensorFlow's number of the element type (graph-def.ts, DataType). */
  readonly dtype: number;
}

/** Where a tensor of the step comes from. */
export type Source =
  | { readonly from: 'state' | 'feed' | 'constant'; readonly index: number }
  | { readonly from: 'operation'; readonly index: number; readonly output: number };

export interface SymbolicTensor extends TensorSpec {
  readonly source: Source;
}

export interface RecordedOperation {
  readonly name: string;
  readonly attributes: Attributes;
  readonly inputs: readonly SymbolicTensor[];
  readonly outputs: readonly TensorSpec[];
}

export interface Recording {
  readonly state: readonly TensorSpec[];
  readonly feeds: readonly TensorSpec[];
  /** Each different constant once. */
  readonly constants: readonly ConstantTensor[];
  /** In an order in which inputs come before their use; equal operations on equal inputs appear once. */
  readonly operations: readonly RecordedOperation[];
  readonly newState: readonly SymbolicTensor[];
  readonly fetches: readonly SymbolicTensor[];
  readonly inPlace: readonly InPlaceUpdate<SymbolicTensor>[];
}

/** Elements of a tensor of this shape. */
export function elementCount(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** Feeds or fetches of several steps, stacked along a new first axis. */
export function stacked(specs: readonly TensorSpec[], steps: number): TensorSpec[] {
  return specs.map(({ shape, dtype }) => ({ dtype, shape: [steps, ...shape] }));
}

/** One word per symbolic tensor, equal for equal sources. */
export function sourceKey(source: Source): string {
  return source.from === 'operation' ? `${source.index}:${source.output}` : `${source.from}${source.index}`;
}
