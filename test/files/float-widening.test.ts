import { describe, expect, it } from 'vitest';
import { asFloat32 } from '../../src/main/files/float-widening.ts';

const widened = (dtype: 'F16' | 'BF16', bits: number): number => {
  const [value] = asFloat32({ dtype, shape: [1], values: Uint16Array.of(bits) })!;
  return value!;
};

describe('half-precision numbers', () => {
  it.each([
    [0x0000, 0],
    [0x8000, -0],
    [0x3c00, 1],
    [0xc000, -2],
    [0x3555, 0.333251953125],
    [0x7bff, 65_504],
    [0x0400, 2 ** -14],
    [0x03ff, 2 ** -14 - 2 ** -24],
    [0x0001, 2 ** -24],
    [0x8200, -(2 ** -15)],
    [0x7c00, Number.POSITIVE_INFINITY],
    [0xfc00, Number.NEGATIVE_INFINITY],
    [0x7e00, Number.NaN],
  ])('F16 %i is %f', (bits, expected) => {
    expect(widened('F16', bits)).toBe(expected);
  });

  it.each([
    [0x3f80, 1],
    [0xc049, -3.140625],
    [0x0001, 2 ** -133],
    [0x7f80, Number.POSITIVE_INFINITY],
    [0xffc0, Number.NaN],
  ])('BF16 %i is %f', (bits, expected) => {
    expect(widened('BF16', bits)).toBe(expected);
  });

  it('F32 stays, F64 is rounded, and whole numbers are none', () => {
    const values = Float32Array.of(1.5);
    expect(asFloat32({ dtype: 'F32', shape: [1], values })).toBe(values);
    expect(asFloat32({ dtype: 'F64', shape: [1], values: Float64Array.of(0.1) })).toEqual(Float32Array.of(0.1));
    expect(asFloat32({ dtype: 'I64', shape: [1], values: BigInt64Array.of(1n) })).toBeNull();
  });
});
