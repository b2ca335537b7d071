/**
 * A recording as a function that is given the variables themselves: it reads them, computes, and changes them before it
 * returns its fetches. Nothing of the state is passed around, so that no second copy of it is ever held.
 */

import { mayHoldFeed } from './aliasing.ts';
import { type Argument, DataType, FunctionWriter } from './graph-def.ts';
import type { Recording, SymbolicTensor } from './recording.ts';
import type { InPlaceUpdate } from './step.ts';
import { namedArguments, type WrittenStep, writeConstant, writeOperations } from './step-function.ts';

interface Writing {
  readonly writer: FunctionWriter;
  readonly recording: Recording;
  readonly handles: readonly Argument[];
  readonly reference: (tensor: SymbolicTensor) => string;
}

/** Takes the handles of all state tensors and the feeds, in order, and returns the fetches. */
export function inPlaceFunction(name: string, step: WrittenStep): FunctionWriter {
  const { recording, attributes } = step;
  const handles = recording.state.map((_, index) => ({ name: `handle${index}`, dtype: DataType.resource }));
  const feeds = namedArguments('feed', recording.feeds);
  const writer = new FunctionWriter(name, [...handles, ...feeds], attributes);
  const values = recording.state.map(({ dtype }, index) => {
    writer.node(`read${index}`, 'ReadVariableOp', [handles[index]!.name], { dtype: type(dtype) });
    return { name: writer.output(`read${index}`, 'ReadVariableOp', 0), dtype };
  });
  const reference = writeOperations(writer, step, values, feeds);
  const writing: Writing = { writer, recording, handles, reference };
  const changes = [...assignments(writing), ...updates(writing)].map((change) => `^${change}`);
  namedArguments('fetch', recording.fetches).forEach((result, index) => {
    const inputs = [reference(recording.fetches[index]!), ...changes];
    const node = writer.node(`fetched${index}`, 'Identity', inputs, { T: type(result.dtype) });
    writer.result(result, writer.output(node, 'Identity', 0));
  });
  return writer;
}

/** What the step returns as new state without more ado. */
function assignments({ writer, recording, handles, reference }: Writing): string[] {
  return recording.newState.flatMap((tensor, index) => {
    if (tensor.source.from === 'state' && tensor.source.index === index) return [];
    const dtype = type(tensor.dtype);
    const copied = () =>
      writer.output(writer.node(`copy${index}`, 'DeepCopy', [reference(tensor)], { T: dtype }), 'DeepCopy', 0);
    const value = mayHoldFeed(recording, tensor) ? copied() : reference(tensor);
    return [
      writer.node(`assign${index}`, 'AssignVariableOp', [handles[index]!.name, value, `^read${index}`], { dtype }),
    ];
  });
}

/** One after another: so that what one of them needs besides its variable is there for one only. */
function updates(writing: Writing): string[] {
  const nodes: string[] = [];
  writing.recording.inPlace.forEach((update, place) => {
    const before = nodes.at(-1);
    const waits = before === undefined ? [] : [`^${before}`];
    nodes.push(update.kind === 'add' ? addition(writing, update, place, waits) : adam(writing, update, place, waits));
  });
  return nodes;
}

type Adam = Extract<InPlaceUpdate<SymbolicTensor>, { readonly kind: 'adam' }>;
type Addition = Extract<InPlaceUpdate<SymbolicTensor>, { readonly kind: 'add' }>;

function addition({ writer, handles, reference }: Writing, { state, value }: Addition, place: number, waits: string[]) {
  const inputs = [handles[state]!.name, reference(value), `^read${state}`, ...waits];
  return writer.node(`add${place}`, 'AssignAddVariableOp', inputs, { dtype: type(value.dtype) });
}

/** With powers of beta given as 0, the kernel takes `rate` as it is; its epsilon stands beside the uncorrected root. */
function adam(writing: Writing, update: Adam, place: number, waits: string[]): string {
  const { writer, handles, reference } = writing;
  const { parameter, firstMoment, secondMoment, beta1, beta2, gradient, rate, epsilon } = update;
  const scalar = (name: string, value: number) =>
    writeConstant(writer, `${name}${place}`, { dtype: DataType.float32, shape: [], values: Float32Array.of(value) });
  const shrunk = shrinking(writing, update, place, waits);
  const reads = [parameter, firstMoment, secondMoment].map((index) => `^read${index}`);
  const inputs = [
    ...[parameter, firstMoment, secondMoment].map((index) => handles[index]!.name),
    ...[scalar('noPower', 0), scalar('noPowerEither', 0), reference(rate)],
    ...[scalar('beta1At', beta1), scalar('beta2At', beta2), reference(epsilon), reference(gradient)],
    ...[...reads, ...waits, ...shrunk],
  ];
  const no = { kind: 'boolean', value: false } as const;
  const attributes = { T: type(DataType.float32), use_locking: no, use_nesterov: no };
  return writer.node(`adam${place}`, 'ResourceApplyAdam', inputs, attributes);
}

/** p <- keep p, once the gradient is there: by then nothing else holds the old weights. */
function shrinking(
  { writer, handles, reference, recording }: Writing,
  { parameter, keep, gradient }: Adam,
  place: number,
  waits: readonly string[],
): string[] {
  if (keep === null) return [];
  const dtype = type(recording.state[parameter]!.dtype);
  const late = gradient.source.from === 'operation' ? [`^operation${gradient.source.index}`] : [];
  const weights = writer.output(`read${parameter}`, 'ReadVariableOp', 0);
  const kept = writer.node(`kept${place}`, 'Mul', [weights, reference(keep), ...late, ...waits], { T: dtype });
  const inputs = [handles[parameter]!.name, writer.output(kept, 'Mul', 0), `^read${parameter}`];
  return [`^${writer.node(`shrink${place}`, 'AssignVariableOp', inputs, { dtype })}`];
}

const type = (value: number) => ({ kind: 'type', value }) as const;
