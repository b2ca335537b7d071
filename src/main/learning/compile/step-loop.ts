/**
 * Several steps as one while loop, which carries [counter, ...state, ...stacked feeds, ...stacked fetches]: each round
 * takes its slice of the feeds and fills its row of the fetches. Compiled with XLA it is a loop in machine code, and
 * takes no longer to compile than a single step.
 */

import { type Argument, DataType, FunctionWriter } from './graph-def.ts';
import { type Recording, stacked } from './recording.ts';
import { namedArguments, type WrittenStep, writeConstant, writeOperations } from './step-function.ts';
import { zeroValues } from './tensor-specs.ts';

/** Three functions, the first of which is to be called: state and stacked feeds in, new state and stacked fetches out. */
export function loopFunctions(name: string, step: WrittenStep, steps: number): FunctionWriter[] {
  const { state, feeds, fetches } = step.recording;
  const loop: Loop = {
    ...{ ...step, name, steps },
    state: namedArguments('state', state),
    feeds: namedArguments('feeds', feeds),
    fetches: namedArguments('fetches', fetches),
  };
  return [call(loop), condition(loop), body(loop)];
}

interface Loop extends WrittenStep {
  readonly name: string;
  readonly steps: number;
  readonly state: readonly Argument[];
  readonly feeds: readonly Argument[];
  readonly fetches: readonly Argument[];
}

const COUNTER: Argument = { name: 'step', dtype: DataType.int32 };

function carried({ state, feeds, fetches }: Loop): Argument[] {
  return [COUNTER, ...state, ...feeds, ...fetches];
}

function carriedShapes(recording: Recording, steps: number): (readonly number[])[] {
  const { state, feeds, fetches } = recording;
  return [[], ...[...state, ...stacked(feeds, steps), ...stacked(fetches, steps)].map(({ shape }) => shape)];
}

function call(loop: Loop): FunctionWriter {
  const { name, recording, steps, state, feeds, fetches } = loop;
  const writer = new FunctionWriter(name, [...state, ...feeds], loop.attributes);
  const blanks = stacked(recording.fetches, steps).map(({ shape, dtype }, index) =>
    writeConstant(writer, `blank${index}`, { shape, dtype, values: zeroValues(dtype, shape) }),
  );
  const inputs = [
    writeInteger(writer, 'start', 0),
    ...[...state, ...feeds].map((argument) => argument.name),
    ...blanks,
  ];
  const node = writer.node('loop', 'StatelessWhile', inputs, {
    T: { kind: 'types', value: carried(loop).map(({ dtype }) => dtype) },
    cond: { kind: 'function', value: `${name}Condition` },
    body: { kind: 'function', value: `${name}Body` },
    output_shapes: { kind: 'shapes', value: carriedShapes(recording, steps) },
    parallel_iterations: integer(1),
  });
  const carriedOut = (place: number) => writer.output(node, 'StatelessWhile', place);
  state.forEach(({ dtype }, index) => {
    writer.result({ name: `newState${index}`, dtype }, carriedOut(1 + index));
  });
  fetches.forEach(({ dtype }, index) => {
    writer.result({ name: `allFetches${index}`, dtype }, carriedOut(1 + state.length + feeds.length + index));
  });
  return writer;
}

function condition(loop: Loop): FunctionWriter {
  const writer = new FunctionWriter(`${loop.name}Condition`, carried(loop), loop.attributes);
  const inputs = [COUNTER.name, writeInteger(writer, 'limit', loop.steps)];
  const less = writer.node('less', 'Less', inputs, { T: INT32 });
  writer.result({ name: 'goOn', dtype: DataType.bool }, writer.output(less, 'Less', 0));
  return writer;
}

function body(loop: Loop): FunctionWriter {
  const { recording } = loop;
  const writer = new FunctionWriter(`${loop.name}Body`, carried(loop), loop.attributes);
  const zero = writeInteger(writer, 'zero', 0);
  const feeds = loop.feeds.map(({ name, dtype }, index) => {
    const types = { Tparams: type(dtype), Tindices: INT32, Taxis: INT32 };
    const inputs = [name, COUNTER.name, zero];
    const slice = writer.node(`feed${index}`, 'GatherV2', inputs, { ...types, batch_dims: integer(0) });
    return { name: writer.output(slice, 'GatherV2', 0), dtype };
  });
  const reference = writeOperations(writer, loop, loop.state, feeds);
  const next = writer.node('next', 'AddV2', [COUNTER.name, writeInteger(writer, 'one', 1)], { T: INT32 });
  writer.result({ name: 'nextStep', dtype: DataType.int32 }, writer.output(next, 'AddV2', 0));
  loop.state.forEach(({ dtype }, index) => {
    writer.result({ name: `newState${index}`, dtype }, reference(recording.newState[index]!));
  });
  loop.feeds.forEach(({ name, dtype }, index) => {
    writer.result({ name: `sameFeeds${index}`, dtype }, name);
  });
  const row = rowOfThisStep(writer);
  loop.fetches.forEach(({ name, dtype }, index) => {
    const value = reference(recording.fetches[index]!);
    const update = writer.node(`update${index}`, 'ExpandDims', [value, zero], { T: type(dtype), Tdim: INT32 });
    const inputs = [name, row, writer.output(update, 'ExpandDims', 0)];
    const filled = writer.node(`filled${index}`, 'TensorScatterUpdate', inputs, { T: type(dtype), Tindices: INT32 });
    writer.result({ name: `moreFetches${index}`, dtype }, writer.output(filled, 'TensorScatterUpdate', 0));
  });
  return writer;
}

/** The counter as [[step]]: the index of one row, as TensorScatterUpdate takes it. */
function rowOfThisStep(writer: FunctionWriter): string {
  const shape = writeConstant(writer, 'rowShape', { dtype: DataType.int32, shape: [2], values: Int32Array.of(1, 1) });
  const row = writer.node('row', 'Reshape', [COUNTER.name, shape], { T: INT32, Tshape: INT32 });
  return writer.output(row, 'Reshape', 0);
}

function writeInteger(writer: FunctionWriter, name: string, value: number): string {
  return writeConstant(writer, name, { dtype: DataType.int32, shape: [], values: Int32Array.of(value) });
}

const type = (value: number) => ({ kind: 'type', value }) as const;
const integer = (value: number) => ({ kind: 'integer', value }) as const;
const INT32 = type(DataType.int32);
