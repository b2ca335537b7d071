/** Matrix products of an encoder, in float32 or through bfloat16, which CPUs with AVX512_BF16 multiply twice as fast. */

import * as tf from '@tensorflow/tfjs-core';
import { defineGradient } from '../autodiff/define-gradient.ts';
import { DataType } from '../compile/graph-def.ts';
import { type NativeBackend, nativeBackend } from '../compile/native.ts';

/**
 * `bfloat16`: factors are rounded to 8 significant bits, summed in float32, and the result rounded again, forward and
 * backward; weights, optimiser and everything between the products stay float32 (as PyTorch's autocast does it).
 */
export type Precision = 'float32' | 'bfloat16';

interface Transposed {
  readonly transposeA: boolean;
  readonly transposeB: boolean;
}

const KERNEL = 'EncoderProduct';

/** A B of two matrices, or of two stacks of as many matrices, each transposed where asked. */
export function product<T extends tf.Tensor>(a: T, b: T, transposed: Transposed, precision: Precision): T {
  registerProduct();
  return tf.engine().runKernel(KERNEL, { a, b }, { ...transposed, precision }) as T;
}

function registerProduct(): void {
  if (tf.getKernel(KERNEL, 'tensorflow')) return;
  tf.registerKernel({
    kernelName: KERNEL,
    backendName: 'tensorflow',
    kernelFunc: ({ inputs, attrs }) => {
      const { transposeA, transposeB, precision } = attrs as unknown as Transposed & { readonly precision: Precision };
      const backend = nativeBackend();
      const ids = backend.getInputTensorIds([inputs.a as tf.Tensor, inputs.b as tf.Tensor]);
      const [operation, flags] =
        inputs.a!.shape.length === 2
          ? (['MatMul', { transpose_a: transposeA, transpose_b: transposeB }] as const)
          : (['BatchMatMulV2', { adj_x: transposeA, adj_y: transposeB }] as const);
      return multiply(backend, ids, operation, flags, precision);
    },
  });
  tf.registerGradient(productGradient);
}

/** C = A B: dA = dC B^T and dB = A^T dC, and what follows from them for transposed factors. */
const productGradient = defineGradient(KERNEL, ['a', 'b'], (dy, [a, b], attributes) => {
  const { transposeA, transposeB, precision } = attributes as unknown as Transposed & { readonly precision: Precision };
  const times = (left: tf.Tensor, right: tf.Tensor, turnLeft: boolean, turnRight: boolean) =>
    product(left, right, { transposeA: turnLeft, transposeB: turnRight }, precision);
  return {
    a: () => (transposeA ? times(b!, dy, transposeB, true) : times(dy, b!, false, !transposeB)),
    b: () => (transposeB ? times(dy, a!, true, transposeA) : times(a!, dy, !transposeA, false)),
  };
});

/** Tensors of bfloat16 exist between the native calls only: tfjs has no such type. */
function multiply(
  backend: NativeBackend,
  ids: readonly number[],
  operation: 'MatMul' | 'BatchMatMulV2',
  turned: Readonly<Record<string, boolean>>,
  precision: Precision,
): tf.Tensor {
  const { binding } = backend;
  const execute = (name: string, types: Readonly<Record<string, number>>, flags: Readonly<Record<string, boolean>>) => {
    const attributes = [
      ...Object.entries(types).map(([key, value]) => ({ name: key, type: binding.TF_ATTR_TYPE, value })),
      ...Object.entries(flags).map(([key, value]) => ({ name: key, type: binding.TF_ATTR_BOOL, value })),
    ];
    return (inputs: readonly number[]) => binding.executeOp(name, attributes, inputs, 1)[0]!;
  };
  const { float32, bfloat16 } = DataType;
  if (precision === 'float32') return backend.createOutputTensor(execute(operation, { T: float32 }, turned)(ids));
  const narrow = execute('Cast', { SrcT: float32, DstT: bfloat16 }, { Truncate: false });
  const widen = execute('Cast', { SrcT: bfloat16, DstT: float32 }, { Truncate: false });
  const narrowed = ids.map((id) => narrow([id]).id);
  const result = execute(operation, { T: bfloat16 }, turned)(narrowed).id;
  const widened = backend.createOutputTensor(widen([result]));
  for (const id of [...narrowed, result]) binding.deleteTensor(id);
  return widened;
}
