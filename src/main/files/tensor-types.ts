/** Element types of the safetensors format with their size in bytes and how their bytes are held here. */
export const tensorTypes = {
  BOOL: { bytes: 1, array: Uint8Array },
  U8: { bytes: 1, array: Uint8Array },
  I8: { bytes: 1, array: Int8Array },
  F8_E4M3: { bytes: 1, array: Uint8Array },
  F8_E5M2: { bytes: 1, array: Uint8Array },
  I16: { bytes: 2, array: Int16Array },
  U16: { bytes: 2, array: Uint16Array },
  /** Half precision: the raw 16 bits. */
  F16: { bytes: 2, array: Uint16Array },
  BF16: { bytes: 2, array: Uint16Array },
  I32: { bytes: 4, array: Int32Array },
  U32: { bytes: 4, array: Uint32Array },
  F32: { bytes: 4, array: Float32Array },
  I64: { bytes: 8, array: BigInt64Array },
  U64: { bytes: 8, array: BigUint64Array },
  F64: { bytes: 8, array: Float64Array },
} as const;

export type TensorType = keyof typeof tensorTypes;
export type TensorArray =
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | Float32Array
  | Float64Array
  | BigInt64Array
  | BigUint64Array;

/** A named block of numbers in row-major order; `values.length` is the product of `shape`. */
export interface FileTensor {
  readonly dtype: TensorType;
  readonly shape: readonly number[];
  readonly values: TensorArray;
}

/** The tensor of a plain Float32Array, Int32Array, Float64Array or Uint8Array. */
export function fileTensor(
  values: Float32Array | Int32Array | Float64Array | Uint8Array,
  shape: readonly number[],
): FileTensor {
  const dtype =
    values instanceof Float32Array
      ? 'F32'
      : values instanceof Int32Array
        ? 'I32'
        : values instanceof Float64Array
          ? 'F64'
          : 'U8';
  return { dtype, shape, values };
}

export const isTensorType = (name: unknown): name is TensorType =>
  typeof name === 'string' && Object.hasOwn(tensorTypes, name);

/** Number of elements, or null when the shape is not a list of whole numbers or its product is not exact. */
export function elementCount(shape: unknown): number | null {
  if (!Array.isArray(shape) || shape.length > 32) return null;
  let count = 1;
  for (const size of shape as readonly unknown[]) {
    if (typeof size !== 'number' || !Number.isSafeInteger(size) || size < 0) return null;
    count *= size;
    if (!Number.isSafeInteger(count)) return null;
  }
  return count;
}
