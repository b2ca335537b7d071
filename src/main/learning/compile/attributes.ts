/** From the attributes that tfjs-node hands to an eager operation to those that a node of a graph must carry. */

import type { Attributes, AttributeValue } from './graph-def.ts';
import type { NativeAttribute, NativeBinding } from './native.ts';
import { NotExpressible } from './refusal.ts';

/**
 * Type attributes that tfjs-node 4.22 leaves out because eager TensorFlow reads them off the inputs, found by holding
 * every kernel against TensorFlow's operation definitions: operation -> attribute -> the input it is read from.
 */
const INFERRED_TYPES: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  ExpandDims: { T: 0, Tdim: 1 },
  MaxPool3DGrad: { TInput: 0 },
  TopKV2: { Tk: 1 },
};

/** All attributes of one operation, with those filled in that follow from its inputs' element types. */
export function graphAttributes(
  operation: string,
  given: readonly NativeAttribute[],
  inputTypes: readonly number[],
  binding: NativeBinding,
): Attributes {
  const attributes: Record<string, AttributeValue> = {};
  for (const attribute of given) {
    attributes[attribute.name] = attributeValue(operation, attribute, binding);
  }
  for (const [name, input] of Object.entries(INFERRED_TYPES[operation] ?? {})) {
    const dtype = inputTypes[input];
    if (dtype !== undefined) {
      attributes[name] ??= { kind: 'type', value: dtype };
    }
  }
  return attributes;
}

function attributeValue(operation: string, attribute: NativeAttribute, binding: NativeBinding): AttributeValue {
  const { type, value } = attribute;
  switch (type) {
    case binding.TF_ATTR_STRING:
      return { kind: 'string', value: String(value) };
    case binding.TF_ATTR_INT:
      return Array.isArray(value) ? { kind: 'integers', value } : { kind: 'integer', value: Number(value) };
    case binding.TF_ATTR_FLOAT:
      return Array.isArray(value) ? { kind: 'floats', value } : { kind: 'float', value: Number(value) };
    case binding.TF_ATTR_BOOL:
      return Array.isArray(value) ? { kind: 'booleans', value } : { kind: 'boolean', value: Boolean(value) };
    case binding.TF_ATTR_TYPE:
      return Array.isArray(value) ? { kind: 'types', value } : { kind: 'type', value: Number(value) };
    case binding.TF_ATTR_SHAPE:
      return { kind: 'shape', value: value as number[] };
    default:
      throw new NotExpressible(`attribute '${attribute.name}' of ${operation} has the unknown type ${type}`);
  }
}
