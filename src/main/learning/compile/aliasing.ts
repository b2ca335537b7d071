/**
 * A feed's bytes belong to JavaScript for the length of one call. An operation such as Reshape hands its input's buffer
 * on, so a state that is made of nothing else must be copied before a variable keeps it.
 */

import type { Recording, SymbolicTensor } from './recording.ts';

/** Operations that always write their result into a buffer of their own (or of an input that nobody else holds). */
const FRESH_RESULT = new Set([
  ...['Add', 'AddV2', 'Sub', 'Mul', 'Div', 'RealDiv', 'DivNoNan', 'Maximum', 'Minimum', 'Pow', 'SquaredDifference'],
  ...['Square', 'Sqrt', 'Rsqrt', 'Exp', 'Log', 'Neg', 'Abs', 'Sigmoid', 'Tanh', 'Relu', 'Select', 'SelectV2'],
  ...['MatMul', 'BatchMatMulV2', 'Conv2D', 'Conv2DBackpropFilter', 'Conv2DBackpropInput', 'GatherV2', 'OneHot'],
]);

/** Whether `tensor` may share its buffer with a feed. */
export function mayHoldFeed(recording: Recording, tensor: SymbolicTensor): boolean {
  const { source } = tensor;
  if (source.from !== 'operation') {
    return source.from === 'feed';
  }
  const operation = recording.operations[source.index]!;
  return !FRESH_RESULT.has(operation.name) && operation.inputs.some((input) => mayHoldFeed(recording, input));
}
