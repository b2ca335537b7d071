/**
 * A recorded function as a graph model of TensorFlow.js: `model.json` (the GraphDef in protobuf's JSON form, with inputs
 * and outputs named) and its weights in one file, float32 and int32 one after the other.
 */

import { type Attributes, type AttributeValue, bytesOf, type ConstantTensor, DataType } from '../compile/graph-def.ts';
import { liveParts } from '../compile/live-parts.ts';
import type { Recording, SymbolicTensor } from '../compile/recording.ts';
import { NotExpressible } from '../compile/refusal.ts';
import type { NamedTensor } from '../named-tensor.ts';
import type { OpenConstant } from './any-rows.ts';

export const WEIGHTS_FILE = 'weights.bin';

export interface TfjsModel {
  /** Text of model.json. */
  readonly json: string;
  /** Contents of weights.bin. */
  readonly weights: Uint8Array;
}

export interface NamedRecording {
  /** Of a function whose state is `parameters` and whose feeds and fetches are named as below. */
  readonly recording: Recording;
  readonly parameters: readonly NamedTensor[];
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly open: readonly OpenConstant[];
  /** Told to whoever loads it; JSON values. */
  readonly metadata: Readonly<Record<string, unknown>>;
}

interface Weight {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: 'float32' | 'int32';
  readonly bytes: Uint8Array;
}

interface GraphNode {
  readonly name: string;
  readonly op: string;
  readonly input: readonly string[];
  readonly attr: Readonly<Record<string, unknown>>;
}

/** Throws NotExpressible for an element type or attribute that TensorFlow.js does not take. */
export function tfjsModel(named: NamedRecording): TfjsModel {
  const weights: Weight[] = [];
  const nodes = nodesOf(named, weights);
  const { recording, inputs, outputs, metadata } = named;
  const { operations } = recording;
  const signature = {
    inputs: Object.fromEntries(inputs.map((name, i) => [name, tensorInfo(name, recording.feeds[i]!)])),
    outputs: Object.fromEntries(outputs.map((name, i) => [name, tensorInfo(name, recording.fetches[i]!)])),
  };
  const json = {
    format: 'graph-model',
    generatedBy: 'Innerloop',
    convertedBy: `Innerloop, of ${operations.length} recorded operations`,
    signature,
    userDefinedMetadata: metadata,
    modelTopology: { node: nodes, library: {}, versions: { producer: 1395, minConsumer: 12 } },
    weightsManifest: [
      { paths: [WEIGHTS_FILE], weights: weights.map(({ name, shape, dtype }) => ({ name, shape, dtype })) },
    ],
  };
  return { json: `${JSON.stringify(json)}\n`, weights: Buffer.concat(weights.map(({ bytes }) => bytes)) };
}

function nodesOf({ recording, parameters, inputs, outputs, open }: NamedRecording, weights: Weight[]): GraphNode[] {
  const nodes: GraphNode[] = [];
  const constant = (name: string, { shape, dtype, values }: ConstantTensor): string => {
    weights.push({ name, shape, dtype: weightType(dtype), bytes: bytesOf(values) });
    nodes.push({ name, op: 'Const', input: [], attr: { dtype: { type: typeName(dtype) } } });
    return name;
  };
  inputs.forEach((name, i) => {
    const { shape, dtype } = recording.feeds[i]!;
    nodes.push({
      ...{ name, op: 'Placeholder', input: [] },
      attr: { dtype: { type: typeName(dtype) }, shape: { shape: shapeOf(anyRows(shape)) } },
    });
  });
  const state = parameters.map(({ name, shape, values }) =>
    constant(`parameters/${name}`, { shape, values, dtype: DataType.float32 }),
  );
  const live = liveParts(recording);
  const constants = new Map(
    live.constants.map((index) => [index, constant(`constants/${index}`, recording.constants[index]!)]),
  );
  const reference = ({ source }: SymbolicTensor): string => {
    switch (source.from) {
      case 'state':
        return state[source.index]!;
      case 'feed':
        return inputs[source.index]!;
      case 'constant':
        return constants.get(source.index)!;
      case 'operation':
        return source.output === 0 ? `operations/${source.index}` : `operations/${source.index}:${source.output}`;
    }
  };
  const opened = new Map(open.map(({ operation, input, values }) => [`${operation}:${input}`, values]));
  for (const index of live.operations) {
    const { name, attributes, inputs: given } = recording.operations[index]!;
    const input = given.map((tensor, place) => {
      const values = opened.get(`${index}:${place}`);
      return values ? constant(`constants/${index}-${place}`, { ...tensor, values }) : reference(tensor);
    });
    nodes.push({ name: `operations/${index}`, op: name, input, attr: attributesOf(attributes) });
  }
  outputs.forEach((name, i) => {
    const fetched = recording.fetches[i]!;
    const attr = { T: { type: typeName(fetched.dtype) } };
    nodes.push({ name, op: 'Identity', input: [reference(fetched)], attr });
  });
  return nodes;
}

const anyRows = ([, ...others]: readonly number[]): readonly number[] => [-1, ...others];
const shapeOf = (shape: readonly number[]) => ({ dim: shape.map((size) => ({ size: String(size) })) });
const tensorInfo = (name: string, { shape, dtype }: { readonly shape: readonly number[]; readonly dtype: number }) => ({
  name: `${name}:0`,
  dtype: typeName(dtype),
  tensorShape: shapeOf(anyRows(shape)),
});

function weightType(dtype: number): Weight['dtype'] {
  if (dtype === DataType.float32) return 'float32';
  if (dtype === DataType.int32) return 'int32';
  throw new NotExpressible(`a constant is of the element type ${dtype}`);
}

function typeName(dtype: number): string {
  switch (dtype) {
    case DataType.float32:
      return 'DT_FLOAT';
    case DataType.int32:
      return 'DT_INT32';
    case DataType.bool:
      return 'DT_BOOL';
    default:
      throw new NotExpressible(`TensorFlow.js has no element type ${dtype}`);
  }
}

const attributesOf = (attributes: Attributes): Record<string, unknown> =>
  Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, attributeOf(name, value)]));

function attributeOf(name: string, attribute: AttributeValue): unknown {
  switch (attribute.kind) {
    case 'string':
      return { s: Buffer.from(attribute.value).toString('base64') };
    case 'integer':
      return { i: String(attribute.value) };
    case 'float':
      return { f: attribute.value };
    case 'boolean':
      return { b: attribute.value };
    case 'type':
      return { type: typeName(attribute.value) };
    case 'shape':
      return { shape: shapeOf(attribute.value) };
    case 'integers':
      return { list: { i: attribute.value.map(String) } };
    case 'floats':
      return { list: { f: attribute.value } };
    default:
      throw new NotExpressible(`TensorFlow.js does not take the attribute ${name}`);
  }
}
