/**
 * A recording as one graph with several ways in: the state lives in variables, feeds come through placeholders, and the
 * step is a function that the graph calls with the variables' values and whose results it assigns back.
 */

import { mayHoldFeed } from './aliasing.ts';
import { type FunctionTreatment, functionTreatment } from './function-treatment.ts';
import { DataType, GraphWriter } from './graph-def.ts';
import { inPlaceFunction } from './in-place-function.ts';
import { liveParts } from './live-parts.ts';
import { type Recording, stacked, type TensorSpec } from './recording.ts';
import type { GraphCompiler } from './step.ts';
import { stepFunction, type WrittenStep, writeConstant } from './step-function.ts';
import { loopFunctions } from './step-loop.ts';

/** One way into a graph: comma-separated tensor names, as the native binding takes them. */
export interface EntryPoint {
  readonly feedSpecs: readonly TensorSpec[];
  readonly feeds: string;
  /** Where nothing is to be fetched: a placeholder result, since a run must ask for something. */
  readonly fetches: string;
  readonly fetchCount: number;
}

export interface StepGraph {
  readonly savedModel: Uint8Array;
  readonly operations: number;
  readonly constants: number;
  readonly step: EntryPoint;
  /** Absent where a graph holds single steps only. */
  readonly severalSteps?: EntryPoint;
  /** Of further recordings on the same state, in their order. */
  readonly variants: readonly EntryPoint[];
  /** How each state tensor is read and written, by the names of graph tensors. */
  readonly state: readonly StateAccess[];
}

export interface StateAccess {
  readonly spec: TensorSpec;
  readonly read: string;
  /** Fed to write it. */
  readonly feed: string;
  /** Fetched to write it. */
  readonly written: string;
}

export interface GraphLayout {
  readonly compiler: GraphCompiler;
  readonly device: 'cpu' | 'gpu';
  readonly stepsPerCall: number;
}

/** `others`: further recordings on a state of the same shapes, such as the step for longer texts. */
export function buildStepGraph(
  recording: Recording,
  { compiler, device, stepsPerCall }: GraphLayout,
  others: readonly Recording[] = [],
): StepGraph {
  const live = liveParts(recording);
  const graph = new GraphWriter();
  const state = recording.state.map((spec, index) => variableNodes(graph, index, spec));
  const treatment = functionTreatment(compiler, device);
  const caller: Caller = { graph, recording, state, treatment };
  const written: WrittenStep = { recording, live, attributes: treatment.definition };
  const step = entryNodes(caller, 'Step');
  let severalSteps: EntryPoint | undefined;
  if (stepsPerCall > 1) {
    for (const definition of loopFunctions('SeveralSteps', written, stepsPerCall)) {
      graph.function(definition);
    }
    const [feeds, fetches] = [stacked(recording.feeds, stepsPerCall), stacked(recording.fetches, stepsPerCall)];
    severalSteps = callNodes(caller, 'SeveralSteps', feeds, fetches);
  }
  const variants = others.map((other, index) => entryNodes({ ...caller, recording: other }, `Variant${index}`));
  const access = state.map((variable, index) => stateAccess(graph, index, variable));
  return {
    savedModel: graph.savedModel(),
    operations: live.operations.length,
    constants: live.constants.length,
    step,
    ...(severalSteps === undefined ? {} : { severalSteps }),
    variants,
    state: access,
  };
}

interface Caller {
  readonly graph: GraphWriter;
  readonly recording: Recording;
  readonly state: readonly VariableNodes[];
  readonly treatment: FunctionTreatment;
}

/** The function of a recording and its call. */
function entryNodes(caller: Caller, name: string): EntryPoint {
  const { graph, recording, treatment } = caller;
  const written: WrittenStep = { recording, live: liveParts(recording), attributes: treatment.definition };
  if (recording.inPlace.length > 0) return inPlaceNodes(caller, name, written);
  graph.function(stepFunction(name, written));
  return callNodes(caller, name, recording.feeds, recording.fetches);
}

/** A call that is handed the variables and has changed them when its fetches are there. */
function inPlaceNodes({ graph, recording, state, treatment }: Caller, name: string, written: WrittenStep): EntryPoint {
  graph.function(inPlaceFunction(name, written));
  const feeds = recording.feeds.map((spec, index) => placeholderNode(graph, `${name}Feed${index}`, spec));
  const inputs = [...state.map(({ handle }) => handle), ...feeds];
  const handles = state.map(() => DataType.resource);
  const call = graph.node(name, 'StatefulPartitionedCall', inputs, {
    Tin: { kind: 'types', value: [...handles, ...recording.feeds.map(({ dtype }) => dtype)] },
    Tout: { kind: 'types', value: recording.fetches.map(({ dtype }) => dtype) },
    f: { kind: 'function', value: name },
    ...treatment.call,
  });
  const fetches = recording.fetches.map(({ dtype }, index) =>
    fetchNode(graph, `${name}Fetch${index}`, graph.output(call, 'StatefulPartitionedCall', index), dtype, []),
  );
  return {
    ...{ feedSpecs: recording.feeds, feeds: outputNames(feeds), fetchCount: fetches.length },
    fetches: outputNames(orDone(graph, `${name}Done`, fetches, [call])),
  };
}

interface VariableNodes extends TensorSpec {
  readonly handle: string;
  readonly read: string;
  readonly peek: string;
}

function variableNodes(graph: GraphWriter, index: number, spec: TensorSpec): VariableNodes {
  const dtype = type(spec.dtype);
  const handle = graph.node(`variable${index}`, 'VarHandleOp', [], {
    dtype,
    shape: { kind: 'shape', value: spec.shape },
    shared_name: { kind: 'string', value: `variable${index}` },
    container: { kind: 'string', value: '' },
  });
  const read = graph.node(`read${index}`, 'ReadVariableOp', [handle], { dtype });
  const peek = graph.node(`peek${index}`, 'Identity', [read], { T: dtype });
  return { ...spec, handle, read, peek };
}

/** Placeholders, the call of `functionName`, the assignments, and the fetches, which wait for the assignments. */
function callNodes(
  caller: Caller,
  functionName: string,
  feedSpecs: readonly TensorSpec[],
  fetchSpecs: readonly TensorSpec[],
): EntryPoint {
  const { graph, recording, state, treatment } = caller;
  const feeds = feedSpecs.map((spec, index) => placeholderNode(graph, `${functionName}Feed${index}`, spec));
  const types = (...specs: readonly TensorSpec[]) =>
    ({ kind: 'types', value: specs.map(({ dtype }) => dtype) }) as const;
  const call = graph.node(functionName, 'PartitionedCall', [...state.map((variable) => variable.read), ...feeds], {
    Tin: types(...recording.state, ...recording.feeds),
    Tout: types(...recording.state, ...recording.fetches),
    f: { kind: 'function', value: functionName },
    ...treatment.call,
  });
  const result = (index: number) => graph.output(call, 'PartitionedCall', index);
  const assignments = state.flatMap((_, index) => assignmentNodes(caller, functionName, index, result(index)));
  const fetches = fetchSpecs.map((spec, index) =>
    fetchNode(graph, `${functionName}Fetch${index}`, result(state.length + index), spec.dtype, assignments),
  );
  return {
    feedSpecs,
    feeds: outputNames(feeds),
    fetchCount: fetches.length,
    fetches: outputNames(orDone(graph, `${functionName}Done`, fetches, assignments)),
  };
}

/** An assignment waits for the variable's reading: a step must see the old value wherever it uses it. */
function assignmentNodes(caller: Caller, prefix: string, index: number, value: string): string[] {
  const { graph, recording, state } = caller;
  const variable = state[index]!;
  const newState = recording.newState[index]!;
  if (newState.source.from === 'state' && newState.source.index === index) {
    return []; // unchanged
  }
  const dtype = type(variable.dtype);
  const kept = mayHoldFeed(recording, newState)
    ? graph.node(`${prefix}Copy${index}`, 'DeepCopy', [value], { T: dtype })
    : value;
  const inputs = [variable.handle, kept, `^${variable.read}`];
  return [graph.node(`${prefix}Assign${index}`, 'AssignVariableOp', inputs, { dtype })];
}

/** The values are copied: the fed buffers belong to JavaScript and must not live on inside a variable. */
function stateAccess(graph: GraphWriter, index: number, variable: VariableNodes): StateAccess {
  const { shape } = variable;
  const dtype = type(variable.dtype);
  const feed = placeholderNode(graph, `initial${index}`, variable);
  const copy = graph.node(`copy${index}`, 'DeepCopy', [feed], { T: dtype });
  const assignment = graph.node(`initialize${index}`, 'AssignVariableOp', [variable.handle, copy], { dtype });
  const [written] = orDone(graph, `written${index}`, [], [assignment]);
  const spec = { shape, dtype: variable.dtype };
  return { spec, read: `${variable.peek}:0`, feed: `${feed}:0`, written: `${written}:0` };
}

function placeholderNode(graph: GraphWriter, name: string, spec: TensorSpec): string {
  return graph.node(name, 'Placeholder', [], { dtype: type(spec.dtype), shape: { kind: 'shape', value: spec.shape } });
}

/** A result as float32, ready only when the state has been assigned. */
function fetchNode(
  graph: GraphWriter,
  name: string,
  input: string,
  dtype: number,
  assignments: readonly string[],
): string {
  const inputs = [input, ...assignments.map((assignment) => `^${assignment}`)];
  return dtype === DataType.float32
    ? graph.node(name, 'Identity', inputs, { T: type(dtype) })
    : graph.node(name, 'Cast', inputs, { SrcT: type(dtype), DstT: type(DataType.float32) });
}

/** Where nothing else is fetched: a constant that waits for the assignments. */
function orDone(graph: GraphWriter, name: string, fetches: string[], assignments: readonly string[]): string[] {
  if (fetches.length > 0) {
    return fetches;
  }
  const one = writeConstant(graph, `${name}One`, { dtype: DataType.float32, shape: [], values: Float32Array.of(1) });
  return [fetchNode(graph, name, one, DataType.float32, assignments)];
}

const type = (value: number) => ({ kind: 'type', value }) as const;

function outputNames(nodes: readonly string[]): string {
  return nodes.map((node) => `${node}:0`).join();
}
