/**
 * A TensorFlow graph as bytes: GraphDef, FunctionDef, NodeDef, AttrValue and TensorProto
 * (tensorflow/core/framework/*.proto), wrapped as a SavedModel that holds nothing else.
 */

import { outputReference } from './output-names.ts';
import { MessageWriter } from './protobuf.ts';
import type { TensorValues } from './step.ts';

/** TensorFlow's numbers for element types (types.proto), as far as a step uses them. */
export const DataType = { float32: 1, int32: 3, int64: 9, bool: 10, bfloat16: 14, resource: 20 } as const;

export type AttributeValue =
  | { readonly kind: 'type' | 'integer' | 'float'; readonly value: number }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'string' | 'function'; readonly value: string }
  | { readonly kind: 'bytes'; readonly value: Uint8Array }
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

/** Takes the nodes of a graph or of a function; inputs are references as `output` returns them, or `^name` to wait only. */
export interface NodeWriter {
  /** Adds a node and returns its name. */
  node(name: string, operation: string, inputs: readonly string[], attributes: Attributes): string;
  /** How other nodes refer to an output of a node; `operation` is that node's. */
  output(node: string, operation: string, index: number): string;
}

/** Collects nodes and functions and yields the bytes of a `saved_model.pb`. */
export class GraphWriter implements NodeWriter {
  private readonly graph = new MessageWriter();
  private readonly library = new MessageWriter();

  node(name: string, operation: string, inputs: readonly string[], attributes: Attributes): string {
    this.graph.message(1, nodeMessage(name, operation, inputs, attributes));
    return name;
  }

  output(node: string, _operation: string, index: number): string {
    return index === 0 ? node : `${node}:${index}`;
  }

  function(definition: FunctionWriter): void {
    this.library.message(1, definition.message());
  }

  savedModel(): Uint8Array {
    this.graph.message(2, this.library);
    this.graph.message(4, new MessageWriter().integer(1, GRAPH_PRODUCER_VERSION));
    const metaGraph = new MessageWriter()
      .message(1, new MessageWriter().string(4, SAVED_MODEL_TAG))
      .message(2, this.graph);
    return new MessageWriter().integer(1, 1).message(2, metaGraph).finish();
  }
}

/** An argument of a function, or one of its results with the reference of its value. */
export interface Argument {
  readonly name: string;
  readonly dtype: number;
}

/** Collects the nodes of one function; its arguments are referred to by their names alone. */
export class FunctionWriter implements NodeWriter {
  private readonly signature: MessageWriter;
  private readonly attributes: MessageWriter;
  private readonly nodes = new MessageWriter();
  private readonly results = new MessageWriter();

  constructor(name: string, inputs: readonly Argument[], attributes: Attributes = {}) {
    this.attributes = attributeFields(attributes);
    this.signature = new MessageWriter().string(1, name);
    for (const input of inputs) {
      this.signature.message(2, new MessageWriter().string(1, input.name).integer(3, input.dtype));
    }
  }

  node(name: string, operation: string, inputs: readonly string[], attributes: Attributes): string {
    this.nodes.message(3, nodeMessage(name, operation, inputs, attributes));
    return name;
  }

  output(node: string, operation: string, index: number): string {
    return `${node}:${outputReference(operation, index)}`;
  }

  /** Declares the next result; `value` is a reference to it. */
  result({ name, dtype }: Argument, value: string): void {
    this.signature.message(3, new MessageWriter().string(1, name).integer(3, dtype));
    this.results.message(4, new MessageWriter().string(1, name).string(2, value));
  }

  message(): MessageWriter {
    return new MessageWriter()
      .message(1, this.signature)
      .fields(this.attributes)
      .fields(this.nodes)
      .fields(this.results);
  }
}

function nodeMessage(
  name: string,
  operation: string,
  inputs: readonly string[],
  attributes: Attributes,
): MessageWriter {
  const node = new MessageWriter().string(1, name).string(2, operation);
  for (const input of inputs) {
    node.string(3, input);
  }
  return node.fields(attributeFields(attributes));
}

/** Nodes and functions both keep their attributes as field 5. */
function attributeFields(attributes: Attributes): MessageWriter {
  const fields = new MessageWriter();
  for (const [key, value] of Object.entries(attributes)) {
    fields.message(5, new MessageWriter().string(1, key).message(2, attributeMessage(value)));
  }
  return fields;
}

function attributeMessage(attribute: AttributeValue): MessageWriter {
  const message = new MessageWriter();
  switch (attribute.kind) {
    case 'string':
      return message.string(2, attribute.value);
    case 'bytes':
      return message.bytes(2, attribute.value);
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
    case 'function':
      return message.message(10, new MessageWriter().string(1, attribute.value));
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
