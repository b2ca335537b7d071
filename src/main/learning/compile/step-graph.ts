/** Lays a recording out as a graph with variables for the state, placeholders for the feeds and one way in for each use. */

import { mayHoldFeed } from './aliasing.ts';
import { type Attributes, type ConstantTensor, DataType, GraphDefWriter } from './graph-def.ts';
import { liveParts } from './live-parts.ts';
import { type Recording, type SymbolicTensor, sourceKey, type TensorSpec } from './recording.ts';

/** Comma-separated tensor names, as the native binding takes them. */
export interface EntryPoint {
  readonly feeds: string;
  readonly fetches: string;
}

export interface StepGraph {
  readonly savedModel: Uint8Array;
  readonly operations: number;
  readonly constants: number;
  readonly step: EntryPoint;
  /** Absent where a graph holds single steps only. */
  readonly severalSteps?: EntryPoint;
  readonly readState: EntryPoint;
  readonly writeState: EntryPoint;
}

export function buildStepGraph(recording: Recording, stepsPerCall: number): StepGraph {
  const live = liveParts(recording);
  const graph = new GraphDefWriter();
  const constants = new Map(
    live.constants.map((index) => [index, constantNode(graph, `c${index}`, recording.constants[index]!)]),
  );
  const layout: Layout = { graph, recording, operations: live.operations, constants };
  const state = recording.state.map((spec, index) => variableNodes(graph, index, spec));
  const step = stepNodes(layout, state);
  const severalSteps = stepsPerCall > 1 ? severalStepNodes(layout, state, stepsPerCall) : undefined;
  const readState = { feeds: '', fetches: state.map((variable) => `${variable.peek}:0`).join() };
  const writeState = writeStateNodes(graph, state);
  return {
    savedModel: graph.savedModel(),
    operations: live.operations.length,
    constants: live.constants.length,
    step,
    ...(severalSteps === undefined ? {} : { severalSteps }),
    readState,
    writeState,
  };
}

interface Layout {
  readonly graph: GraphDefWriter;
  readonly recording: Recording;
  /** Indices of the operations to write. */
  readonly operations: readonly number[];
  /** Node names by the constants' indices. */
  readonly constants: ReadonlyMap<number, string>;
}

interface VariableNodes extends TensorSpec {
  readonly handle: string;
  readonly read: string;
  readonly peek: string;
}

function variableNodes(graph: GraphDefWriter, index: number, spec: TensorSpec): VariableNodes {
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

/** Placeholders, the step itself, the assignments and the fetches, which wait for the assignments. */
function stepNodes(layout: Layout, state: readonly VariableNodes[]): EntryPoint {
  const { graph, recording } = layout;
  const feeds = recording.feeds.map((spec, index) => placeholderNode(graph, `feed${index}`, spec));
  const results = inline(
    layout,
    'o',
    state.map((variable) => variable.read),
    feeds,
  );
  const assignments = assignmentNodes(layout, 'assign', state, results.newState);
  const fetches = results.fetches.map((name, index) =>
    fetchNode(graph, `fetch${index}`, name, recording.fetches[index]!.dtype, assignments),
  );
  return { feeds: outputNames(feeds), fetches: outputNames(orDone(graph, 'stepDone', fetches, assignments)) };
}

/** The step written `steps` times, each reading the state that the one before made; feeds and fetches are stacked. */
function severalStepNodes(layout: Layout, state: readonly VariableNodes[], steps: number): EntryPoint {
  const { graph, recording } = layout;
  const stackedFeeds = recording.feeds.map((spec, index) =>
    placeholderNode(graph, `feeds${index}`, { dtype: spec.dtype, shape: [steps, ...spec.shape] }),
  );
  recording.feeds.forEach((spec, index) => {
    const attributes: Attributes = { T: type(spec.dtype), num: integer(steps), axis: integer(0) };
    graph.node(`unstack${index}`, 'Unpack', [`feeds${index}`], attributes);
  });
  let stepState = state.map((variable) => variable.read);
  const fetchesByStep: (readonly string[])[] = [];
  for (let step = 0; step < steps; step++) {
    const feeds = recording.feeds.map((_, index) => `unstack${index}:${step}`);
    const results = inline(layout, `s${step}o`, stepState, feeds);
    stepState = results.newState;
    fetchesByStep.push(results.fetches);
  }
  const assignments = assignmentNodes(layout, 'assignSeveral', state, stepState);
  const fetches = recording.fetches.map((spec, index) => {
    const parts = fetchesByStep.map((fetched) => fetched[index]!);
    const attributes: Attributes = { T: type(spec.dtype), N: integer(steps), axis: integer(0) };
    const stacked = graph.node(`stack${index}`, 'Pack', parts, attributes);
    return fetchNode(graph, `fetches${index}`, stacked, spec.dtype, assignments);
  });
  return { feeds: outputNames(stackedFeeds), fetches: outputNames(orDone(graph, 'severalDone', fetches, assignments)) };
}

/** Writes the operations of one step and returns where its results are found. */
function inline(
  layout: Layout,
  prefix: string,
  state: readonly string[],
  feeds: readonly string[],
): { readonly newState: string[]; readonly fetches: string[] } {
  const { graph, recording, constants } = layout;
  const nameOf = ({ source }: SymbolicTensor): string => {
    switch (source.from) {
      case 'state':
        return state[source.index]!;
      case 'feed':
        return feeds[source.index]!;
      case 'constant':
        return constants.get(source.index)!;
      case 'operation':
        return source.output === 0 ? `${prefix}${source.index}` : `${prefix}${sourceKey(source)}`;
    }
  };
  for (const index of layout.operations) {
    const operation = recording.operations[index]!;
    graph.node(`${prefix}${index}`, operation.name, operation.inputs.map(nameOf), operation.attributes);
  }
  return { newState: recording.newState.map(nameOf), fetches: recording.fetches.map(nameOf) };
}

/** An assignment waits for the variable's reading: a step must see the old value wherever it uses it. */
function assignmentNodes(
  { graph, recording }: Layout,
  prefix: string,
  state: readonly VariableNodes[],
  newState: readonly string[],
): string[] {
  return state.flatMap((variable, index) => {
    const value = newState[index]!;
    if (value === variable.read) {
      return []; // unchanged
    }
    const dtype = type(variable.dtype);
    const kept = mayHoldFeed(recording, recording.newState[index]!)
      ? graph.node(`${prefix}Copy${index}`, 'DeepCopy', [value], { T: dtype })
      : value;
    const inputs = [variable.handle, kept, `^${variable.read}`];
    return [graph.node(`${prefix}${index}`, 'AssignVariableOp', inputs, { dtype })];
  });
}

/** The values are copied: the fed buffers belong to JavaScript and must not live on inside a variable. */
function writeStateNodes(graph: GraphDefWriter, state: readonly VariableNodes[]): EntryPoint {
  const feeds = state.map((variable, index) => placeholderNode(graph, `initial${index}`, variable));
  const assignments = state.map((variable, index) => {
    const dtype = type(variable.dtype);
    const copy = graph.node(`copy${index}`, 'DeepCopy', [feeds[index]!], { T: dtype });
    return graph.node(`initialize${index}`, 'AssignVariableOp', [variable.handle, copy], { dtype });
  });
  return { feeds: outputNames(feeds), fetches: outputNames(orDone(graph, 'initialized', [], assignments)) };
}

function placeholderNode(graph: GraphDefWriter, name: string, spec: TensorSpec): string {
  return graph.node(name, 'Placeholder', [], { dtype: type(spec.dtype), shape: { kind: 'shape', value: spec.shape } });
}

function constantNode(graph: GraphDefWriter, name: string, constant: ConstantTensor): string {
  return graph.node(name, 'Const', [], { dtype: type(constant.dtype), value: { kind: 'tensor', value: constant } });
}

/** A float32 copy of a result, ready only when the state has been assigned. */
function fetchNode(
  graph: GraphDefWriter,
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

/** A run must fetch something: where nothing else is asked for, a constant that waits for the assignments. */
function orDone(graph: GraphDefWriter, name: string, fetches: string[], assignments: readonly string[]): string[] {
  if (fetches.length > 0) {
    return fetches;
  }
  const value: ConstantTensor = { dtype: DataType.float32, shape: [], values: new Float32Array([1]) };
  const inputs = assignments.map((assignment) => `^${assignment}`);
  return [graph.node(name, 'Const', inputs, { dtype: type(value.dtype), value: { kind: 'tensor', value } })];
}

const type = (value: number) => ({ kind: 'type', value }) as const;
const integer = (value: number) => ({ kind: 'integer', value }) as const;

function outputNames(nodes: readonly string[]): string {
  return nodes.map((node) => `${node}:0`).join();
}
