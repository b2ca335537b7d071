/** The constants of a recording, each different one kept once. */

import { bytesOf, type ConstantTensor } from './graph-def.ts';
import type { TensorValues } from './step.ts';

export class ConstantPool {
  readonly all: ConstantTensor[] = [];
  private readonly byDigest = new Map<string, number[]>();

  /** The index of the constant with these contents; values are copied when they are new. */
  indexOf(dtype: number, shape: readonly number[], values: TensorValues): number {
    const bytes = bytesOf(values);
    const digest = `${dtype}[${shape.join()}]${hash(bytes)}`;
    const candidates = this.byDigest.get(digest) ?? [];
    const known = candidates.find((index) => equalBytes(bytesOf(this.all[index]!.values), bytes));
    if (known !== undefined) {
      return known;
    }
    const index = this.all.push({ dtype, shape: [...shape], values: values.slice() }) - 1;
    this.byDigest.set(digest, [...candidates, index]);
    return index;
  }
}

/** FNV-1a, 32 bits: cheap, and equality is checked byte by byte afterwards. */
function hash(bytes: Uint8Array): number {
  let state = 0x811c9dc5;
  for (const byte of bytes) {
    state = Math.imul(state ^ byte, 0x01000193);
  }
  return state >>> 0;
}

function equalBytes(left: Uint8Array, right: Uint8Array): boolean {
  if (left.byteLength !== right.byteLength) {
    return false;
  }
  for (let i = 0; i < left.byteLength; i++) {
    if (left[i] !== right[i]) {
      return false;
    }
  }
  return true;
}
