/** Half-precision numbers as float32, which holds every one of them exactly. */

import type { FileTensor } from './tensor-types.ts';

/** float32 values of an F32, F16, BF16 or F64 tensor (the last is rounded); null for every other type. */
export function asFloat32({ dtype, values }: FileTensor): Float32Array | null {
  switch (dtype) {
    case 'F32':
      return values as Float32Array;
    case 'F16':
      return fromHalf(values as Uint16Array);
    case 'BF16':
      return fromBrain(values as Uint16Array);
    case 'F64':
      return Float32Array.from(values as Float64Array);
    default:
      return null;
  }
}

/** A bfloat16 is the upper half of a float32. */
function fromBrain(halves: Uint16Array): Float32Array {
  const bits = new Uint32Array(halves.length);
  for (let i = 0; i < halves.length; i++) bits[i] = halves[i]! << 16;
  return new Float32Array(bits.buffer);
}

function fromHalf(halves: Uint16Array): Float32Array {
  const bits = new Uint32Array(halves.length);
  for (let i = 0; i < halves.length; i++) bits[i] = widened(halves[i]!);
  return new Float32Array(bits.buffer);
}

/** IEEE 754: 1 sign, 5 exponent and 10 fraction bits -> 1, 8 and 23. */
function widened(half: number): number {
  const sign = (half & 0x8000) << 16;
  const exponent = (half >> 10) & 0x1f;
  const fraction = half & 0x3ff;
  if (exponent === 0x1f) return sign | 0x7f800000 | (fraction << 13); // infinity, or not a number
  if (exponent > 0) return sign | ((exponent + 112) << 23) | (fraction << 13); // biases: 127 - 15
  if (fraction === 0) return sign;
  const shift = Math.clz32(fraction) - 21; // a subnormal: the leading one becomes the hidden bit
  return sign | ((113 - shift) << 23) | (((fraction << shift) & 0x3ff) << 13);
}
