/**
 * A recording holds for the shapes that it was made with. Recorded twice, with different numbers of rows (examples side
 * by side), a function shows which of its constants speak of that number, and they can be left open.
 */

import { DataType } from '../compile/graph-def.ts';
import type { RecordedOperation, Recording, SymbolicTensor } from '../compile/recording.ts';
import { NotExpressible } from '../compile/refusal.ts';
import type { TensorValues } from '../compile/step.ts';

/** The numbers of rows to record with. */
export const RECORDED_ROWS = [2, 3] as const;

/** The values of one input of an operation, in the place of its constant. */
export interface OpenConstant {
  readonly operation: number;
  readonly input: number;
  readonly values: TensorValues;
}

/**
 * The constants of `first` that must be other ones for it to hold for any number of rows; `second` is the same function
 * recorded with another number. Throws NotExpressible for a function that says more of that number than a shape.
 */
export function constantsForAnyRows(first: Recording, second: Recording): readonly OpenConstant[] {
  if (first.operations.length !== second.operations.length) throw depends('it does other operations');
  return first.operations.flatMap((operation, index) => {
    const other = second.operations[index]!;
    requireAlike(operation, other);
    return operation.inputs.flatMap((input, place): OpenConstant[] => {
      const [values, others] = [constantOf(first, input), constantOf(second, other.inputs[place]!)];
      if (values === null || others === null || equal(values, others)) return [];
      return [{ operation: index, input: place, values: openShape(operation, values, others) }];
    });
  });
}

function requireAlike(operation: RecordedOperation, other: RecordedOperation): void {
  const [one, two] = [operation, other].map(({ name, attributes, inputs }) =>
    JSON.stringify([name, attributes, inputs.map(({ source }) => (source.from === 'constant' ? 'constant' : source))]),
  );
  if (one !== two) throw depends(`it does ${other.name} in the place of ${operation.name}`);
}

const constantOf = (recording: Recording, { source }: SymbolicTensor): TensorValues | null =>
  source.from === 'constant' ? recording.constants[source.index]!.values : null;

const equal = (values: TensorValues, others: TensorValues): boolean =>
  values.length === others.length && values.every((value, i) => Object.is(value, others[i]));

/** A shape with -1, which is "whatever is there", in the one place where the two differ. */
function openShape(operation: RecordedOperation, values: TensorValues, others: TensorValues): TensorValues {
  const differing = [...values.keys()].filter((i) => values[i] !== others[i]);
  const [axis] = differing;
  const isShape = operation.inputs[1]?.dtype === DataType.int32 && values.length === others.length;
  const whole = (at: number) => operation.name === 'Slice' && operation.inputs[0]!.shape[at] === values[at];
  if (!isShape || differing.length !== 1 || !(operation.name === 'Reshape' || whole(axis!))) {
    throw depends(`${operation.name} is given their number`);
  }
  const open = values.slice();
  open[axis!] = -1;
  return open;
}

const depends = (what: string): NotExpressible => new NotExpressible(`for another number of examples ${what}`);
