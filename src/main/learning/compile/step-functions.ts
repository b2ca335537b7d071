/** A recording as TensorFlow functions: one step, and a loop of several steps around it. */

import {
  type Argument,
  type Attributes,
  type ConstantTensor,
  DataType,
  FunctionWriter,
  type NodeWriter,
} from './graph-def.ts';
import type { LiveParts } from './live-parts.ts';
import { elementCount, type Recording, type SymbolicTensor, type TensorSpec } from './recording.ts';

/** A function takes state and feeds, in order, and returns the new state and the fetches, in order. */
export interface StepSignature {
  readonly inputs: readonly TensorSpec[];
  readonly outputs: readonly TensorSpec[];
}

export function stepSignature(recording: Recording): StepSignature {
  return {
    inputs: [...recording.state, ...recording.feeds],
    outputs: [...recording.state, ...recording.fetches],
  };
}

/** Feeds and fetches of several steps, stacked along a new first axis. */
export function stacked(specs: readonly TensorSpec[], steps: number): TensorSpec[] {
  return specs.map(({ shape, dtype }) => ({ dtype, shape: [steps, ...shape] }));
}

/** The step itself. */
export function stepFunction(name: string, recording: Recording, live: LiveParts): FunctionWriter {
  const state = named('state', recording.state);
  const feeds = named('feed', recording.feeds);
  const writer = new FunctionWriter(name, [...state, ...feeds]);
  const reference = writeOperations(writer, recording, live, state, feeds);
  named('newState', recording.newState).forEach((result, index) => {
    writer.result(result, reference(recording.newState[index]!));
  });
  named('fetch', recording.fetches).forEach((result, index) => {
    writer.result(result, reference(recording.fetches[index]!));
  });
  return writer;
}

/**
 * A while loop of `steps` steps in three functions, the first of which is to be called. It carries
 * [counter, ...state, ...stacked feeds, ...stacked fetches]; each round takes its slice of the feeds and fills its row of
 * the fetches. Compiled with XLA it is one loop in machine code, and costs no more to compile than a single step.
 */
export function severalStepsFunctions(
  name: string,
  recording: Recording,
  live: LiveParts,
  steps: number,
): FunctionWriter[] {
  const carried: Carried = {
    state: named('state', recording.state),
    feeds: named('feeds', recording.feeds),
    fetches: named('fetches', recording.fetches),
  };
  const call = loopCall(name, recording, carried, steps);
  return [call, loopCondition(`${name}Condition`, carried, steps), loopBody(`${name}Body`, recording, live, carried)];
}

interface Carried {
  readonly state: readonly Argument[];
  readonly feeds: readonly Argument[];
  readonly fetches: readonly Argument[];
}

const COUNTER: Argument = { name: 'step', dtype: DataType.int32 };

function loopArguments({ state, feeds, fetches }: Carried): Argument[] {
  return [COUNTER, ...state, ...feeds, ...fetches];
}

function loopCall(name: string, recording: Recording, carried: Carried, steps: number): FunctionWriter {
  const { state, feeds, fetches } = carried;
  const writer = new FunctionWriter(name, [...state, ...feeds]);
  const start = integerConstant(writer, 'start', 0);
  const fetchSpecs = stacked(recording.fetches, steps);
  const blanks = fetchSpecs.map((spec, index) => constant(writer, `blank${index}`, zeros(spec)));
  const inputs = [start, ...state.map(nameOf), ...feeds.map(nameOf), ...blanks];
  const shapes = [
    [],
    ...[...recording.state, ...stacked(recording.feeds, steps), ...fetchSpecs].map((spec) => spec.shape),
  ];
  const loop = writer.node('loop', 'StatelessWhile', inputs, {
    T: { kind: 'types', value: loopArguments(carried).map((argument) => argument.dtype) },
    cond: { kind: 'function', value: `${name}Condition` },
    body: { kind: 'function', value: `${name}Body` },
    output_shapes: { kind: 'shapes', value: shapes },
    parallel_iterations: integer(1),
  });
  const firstFetch = 1 + state.length + feeds.length;
  state.forEach(({ dtype }, index) => {
    writer.result({ name: `newState${index}`, dtype }, writer.output(loop, 'StatelessWhile', 1 + index));
  });
  fetches.forEach(({ dtype }, index) => {
    writer.result({ name: `allFetches${index}`, dtype }, writer.output(loop, 'StatelessWhile', firstFetch + index));
  });
  return writer;
}

function loopCondition(name: string, carried: Carried, steps: number): FunctionWriter {
  const writer = new FunctionWriter(name, loopArguments(carried));
  const limit = integerConstant(writer, 'limit', steps);
  const less = writer.node('less', 'Less', [COUNTER.name, limit], { T: INT32 });
  writer.result({ name: 'goOn', dtype: DataType.bool }, writer.output(less, 'Less', 0));
  return writer;
}

function loopBody(name: string, recording: Recording, live: LiveParts, carried: Carried): FunctionWriter {
  const writer = new FunctionWriter(name, loopArguments(carried));
  const zero = integerConstant(writer, 'axis', 0);
  const feeds = carried.feeds.map((argument, index) => {
    const attributes: Attributes = {
      batch_dims: integer(0),
      Tparams: type(argument.dtype),
      Tindices: INT32,
      Taxis: INT32,
    };
    const slice = writer.node(`feed${index}`, 'GatherV2', [argument.name, COUNTER.name, zero], attributes);
    return { name: writer.output(slice, 'GatherV2', 0), dtype: argument.dtype };
  });
  const reference = writeOperations(writer, recording, live, carried.state, feeds);
  const next = writer.node('next', 'AddV2', [COUNTER.name, integerConstant(writer, 'one', 1)], { T: INT32 });
  writer.result({ name: 'nextStep', dtype: DataType.int32 }, writer.output(next, 'AddV2', 0));
  carried.state.forEach(({ dtype }, index) => {
    writer.result({ name: `newState${index}`, dtype }, reference(recording.newState[index]!));
  });
  carried.feeds.forEach(({ name: feed, dtype }, index) => {
    writer.result({ name: `sameFeeds${index}`, dtype }, feed);
  });
  const rowShape = constant(writer, 'rowShape', { dtype: DataType.int32, shape: [2], values: Int32Array.of(1, 1) });
  const row = writer.node('row', 'Reshape', [COUNTER.name, rowShape], { T: INT32, Tshape: INT32 });
  carried.fetches.forEach(({ name: fetches, dtype }, index) => {
    const value = reference(recording.fetches[index]!);
    const update = writer.node(`update${index}`, 'ExpandDims', [value, zero], { T: type(dtype), Tdim: INT32 });
    const inputs = [fetches, writer.output(row, 'Reshape', 0), writer.output(update, 'ExpandDims', 0)];
    const filled = writer.node(`filled${index}`, 'TensorScatterUpdate', inputs, { T: type(dtype), Tindices: INT32 });
    writer.result({ name: `moreFetches${index}`, dtype }, writer.output(filled, 'TensorScatterUpdate', 0));
  });
  return writer;
}

/** Writes the recording's constants and operations; returns how their outputs are referred to. */
function writeOperations(
  writer: NodeWriter,
  recording: Recording,
  live: LiveParts,
  state: readonly Argument[],
  feeds: readonly Argument[],
): (tensor: SymbolicTensor) => string {
  const reference = ({ source }: SymbolicTensor): string => {
    switch (source.from) {
      case 'state':
        return state[source.index]!.name;
      case 'feed':
        return feeds[source.index]!.name;
      case 'constant':
        return writer.output(`constant${source.index}`, 'Const', 0);
      case 'operation':
        return writer.output(`operation${source.index}`, recording.operations[source.index]!.name, source.output);
    }
  };
  for (const index of live.constants) {
    constant(writer, `constant${index}`, recording.constants[index]!);
  }
  for (const index of live.operations) {
    const operation = recording.operations[index]!;
    writer.node(`operation${index}`, operation.name, operation.inputs.map(reference), operation.attributes);
  }
  return reference;
}

function named(prefix: string, specs: readonly TensorSpec[]): Argument[] {
  return specs.map(({ dtype }, index) => ({ name: `${prefix}${index}`, dtype }));
}

const nameOf = (argument: Argument): string => argument.name;

/** Adds a Const node and returns the reference to its value. */
export function constant(writer: NodeWriter, name: string, value: ConstantTensor): string {
  const node = writer.node(name, 'Const', [], { dtype: type(value.dtype), value: { kind: 'tensor', value } });
  return writer.output(node, 'Const', 0);
}

function integerConstant(writer: NodeWriter, name: string, value: number): string {
  return constant(writer, name, { dtype: DataType.int32, shape: [], values: Int32Array.of(value) });
}

function zeros({ shape, dtype }: TensorSpec): ConstantTensor {
  const count = elementCount(shape);
  const values =
    dtype === DataType.float32
      ? new Float32Array(count)
      : dtype === DataType.int32
        ? new Int32Array(count)
        : new Uint8Array(count);
  return { dtype, shape, values };
}

const type = (value: number) => ({ kind: 'type', value }) as const;
const integer = (value: number) => ({ kind: 'integer', value }) as const;
const INT32 = type(DataType.int32);
