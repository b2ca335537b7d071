/** The constants of a recording, each different one kept once. */

import type { ConstantTensor } from './graph-def.ts';
import type { TensorValues } from './step.ts';

/** Elements that a digest looks at: whether two constants are equal is decided by comparing them whole. */
const DIGEST_ELEMENTS = 256;

export class ConstantPool {
  readonly all: ConstantTensor[] = [];
  private readonly byDigest = new Map<string, number[]>();

  /** The index of the constant with these contents; values are copied when they are new. */
  indexOf(dtype: number, shape: readonly number[], values: TensorValues): number {
    const bits = bitsOf(values);
    const digest = `${dtype}[${shape.join()}]${digestOf(bits)}`;
    const candidates = this.byDigest.get(digest) ?? [];
    const known = candidates.find((index) => equal(bitsOf(this.all[index]!.values), bits));
    if (known !== undefined) {
      return known;
    }
    const index = this.all.push({ dtype, shape: [...shape], values: values.slice() }) - 1;
    this.byDigest.set(digest, [...candidates, index]);
    return index;
  }
}

type Bits = Uint32Array | Uint8Array;

/** The same memory as whole numbers, which compare -0 and NaN as they are stored. */
function bitsOf(values: TensorValues): Bits {
  return values.BYTES_PER_ELEMENT === 4
    ? new Uint32Array(values.buffer, values.byteOffset, values.length)
    : (values as Uint8Array);
}

/** FNV-1a over the first elements. */
function digestOf(bits: Bits): number {
  let state = 0x811c9dc5;
  for (let i = 0; i < Math.min(bits.length, DIGEST_ELEMENTS); i++) {
    state = Math.imul(state ^ bits[i]!, 0x01000193);
  }
  return state >>> 0;
}

function equal(left: Bits, right: Bits): boolean {
  if (left.length !== right.length) {
    return false;
  }
  for (let i = 0; i < left.length; i++) {
    if (left[i] !== right[i]) {
      return false;
    }
  }
  return true;
}
