/** A recording as one TensorFlow function: state and feeds in, new state and fetches out. */

import { type Argument, type Attributes, type ConstantTensor, FunctionWriter, type NodeWriter } from './graph-def.ts';
import type { LiveParts } from './live-parts.ts';
import type { Recording, SymbolicTensor, TensorSpec } from './recording.ts';

/** A recording and what of it is to be written. */
export interface WrittenStep {
  readonly recording: Recording;
  readonly live: LiveParts;
  /** Attributes of every function made of it. */
  readonly attributes: Attributes;
}

/** Takes state and feeds, in order, and returns the new state and the fetches, in order. */
export function stepFunction(name: string, step: WrittenStep): FunctionWriter {
  const { recording, attributes } = step;
  const state = namedArguments('state', recording.state);
  const feeds = namedArguments('feed', recording.feeds);
  const writer = new FunctionWriter(name, [...state, ...feeds], attributes);
  const reference = writeOperations(writer, step, state, feeds);
  namedArguments('newState', recording.newState).forEach((result, index) => {
    writer.result(result, reference(recording.newState[index]!));
  });
  namedArguments('fetch', recording.fetches).forEach((result, index) => {
    writer.result(result, reference(recording.fetches[index]!));
  });
  return writer;
}

/** Writes the recording's constants and operations; returns how its tensors are referred to. */
export function writeOperations(
  writer: NodeWriter,
  { recording, live }: WrittenStep,
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
    writeConstant(writer, `constant${index}`, recording.constants[index]!);
  }
  for (const index of live.operations) {
    const operation = recording.operations[index]!;
    writer.node(`operation${index}`, operation.name, operation.inputs.map(reference), operation.attributes);
  }
  return reference;
}

export function namedArguments(prefix: string, specs: readonly TensorSpec[]): Argument[] {
  return specs.map(({ dtype }, index) => ({ name: `${prefix}${index}`, dtype }));
}

/** Adds a Const node and returns the reference to its value. */
export function writeConstant(writer: NodeWriter, name: string, value: ConstantTensor): string {
  const dtype = { kind: 'type', value: value.dtype } as const;
  const node = writer.node(name, 'Const', [], { dtype, value: { kind: 'tensor', value } });
  return writer.output(node, 'Const', 0);
}
