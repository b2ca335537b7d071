/**
 * A TensorFlow graph as bytes: GraphDef, NodeDef, AttrValue and TensorProto
 * (tensorflow/core/framework/{graph,node_def,attr_value,tensor}.proto), wrapped as a SavedModel that holds nothing else.
 */

import { MessageWriter } from './protobuf.ts';
import type { TensorValues } from './step.ts';

/** TensorFlow's numbers for element types (types.proto), as far as a step uses them. */
export const DataType = { float32: 1, int32: 3, int64: 9, bool: 10 } as const;

export type AttributeValue =
  | { readonly kind: 'type' | 'integer' | 'float'; readonly value: number }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'shape'; readonly value: readonly number[] }
  | { readonly kind: 'integers' | 'floats' | 'types'; readonly value: readonly number[] }
  | { readonly kind: 'booleans'; readonly value: readonly boolean[] }
  | { readonly kind: 'shapes'; readonly value: readonly (readonly number[])[] }
  | { readonly kind: 'tensor'; readonly value: ConstantTensor };

export type Attributes = Readonly<Record<string, AttributeValue>>;

export interface ConstantTensor {
  readonly dtype: number;
  readonly shape: readonly number[];
  readonly values: TensorValues;
}

/** Any producer version of the last years: it says which historic behaviours the graph does not ask for. */
const GRAPH_PRODUCER_VERSION = 1395;

/** The tag under which the graph is found when it is loaded. */
export const SAVED_MODEL_TAG = 'serve';

/** Collects nodes and yields the bytes of a `saved_model.pb`. */
export class GraphDefWriter {
  private readonly graph = new MessageWriter();

  /** Adds a node and returns its name. Inputs are `name`, `name:output` or `^name` (wait for it, take no value). */
  node(name: string, operation: string, inputs: readonly string[], attributes: Attributes): string {
    const node = new MessageWriter().string(1, name).string(2, operation);
    for (const input of inputs) {
      node.string(3, input);
    }
    for (const [key, value] of Object.entries(attributes)) {
      node.message(5, new MessageWriter().string(1, key).message(2, attributeMessage(value)));
    }
    this.graph.message(1, node);
    return name;
  }

  savedModel(): Uint8Array {
    this.graph.message(4, new MessageWriter().integer(1, GRAPH_PRODUCER_VERSION));
    const metaGraph = new MessageWriter()
      .message(1, new MessageWriter().string(4, SAVED_MODEL_TAG))
      .message(2, this.graph);
    return new MessageWriter().integer(1, 1).message(2, metaGraph).finish();
  }
}

function attributeMessage(attribute: AttributeValue): MessageWriter {
  const message = new MessageWriter();
  switch (attribute.kind) {
    case 'string':
      return message.string(2, attribute.value);
    case 'integer':
      return message.integer(3, attribute.value);
    case 'float':
      return message.float(4, attribute.value);
    case 'boolean':
      return message.integer(5, attribute.value ? 1 : 0);
    case 'type':
      return message.integer(6, attribute.value);
    case 'shape':
      return message.message(7, shapeMessage(attribute.value));
    case 'tensor':
      return message.message(8, tensorMessage(attribute.value));
    case 'integers':
      return message.message(1, new MessageWriter().packedIntegers(3, attribute.value));
    case 'floats':
      return message.message(1, new MessageWriter().bytes(4, bytesOf(Float32Array.from(attribute.value))));
    case 'booleans':
      return message.message(1, new MessageWriter().packedIntegers(5, attribute.value.map(Number)));
    case 'types':
      return message.message(1, new MessageWriter().packedIntegers(6, attribute.value));
    case 'shapes':
      return message.message(1, shapeList(attribute.value));
  }
}

function shapeMessage(shape: readonly number[]): MessageWriter {
  const message = new MessageWriter();
  for (const size of shape) {
    message.message(2, new MessageWriter().integer(1, size));
  }
  return message;
}

function shapeList(shapes: readonly (readonly number[])[]): MessageWriter {
  const list = new MessageWriter();
  for (const shape of shapes) {
    list.message(7, shapeMessage(shape));
  }
  return list;
}

/** A tensor of one repeated value is written as that value alone, which TensorFlow repeats to fill the shape. */
function tensorMessage(tensor: ConstantTensor): MessageWriter {
  const message = new MessageWriter().integer(1, tensor.dtype).message(2, shapeMessage(tensor.shape));
  if (tensor.values.length > 1 && isUniform(tensor.values)) {
    const first = tensor.values.subarray(0, 1);
    switch (tensor.dtype) {
      case DataType.float32:
        return message.bytes(5, bytesOf(first));
      case DataType.int32:
        return message.packedIntegers(7, [Number(first[0])]);
      case DataType.bool:
        return message.packedIntegers(11, [Number(first[0])]);
    }
  }
  return message.bytes(4, bytesOf(tensor.values));
}

/** Compares with Object.is, so that 0 and -0 differ. */
function isUniform(values: TensorValues): boolean {
  const first = values[0];
  for (let i = 1; i < values.length; i++) {
    if (!Object.is(values[i], first)) {
      return false;
    }
  }
  return true;
}

export function bytesOf(values: TensorValues): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}
