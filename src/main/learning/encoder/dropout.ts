/** Dropout whose numbers are drawn inside the graph, from a seed that is fed: the same seed drops the same numbers. */

import * as tf from '@tensorflow/tfjs-core';
import { constantMask } from '../autodiff/stop-gradient.ts';
import { type NativeAttribute, type NativeBackend, nativeBackend } from '../compile/native.ts';

/** `off` for predictions; `seed` is int32 [2], a feed that differs from step to step. */
export type EncoderRandom = { readonly kind: 'off' } | { readonly kind: 'dropout'; readonly seed: tf.Tensor };

/** Drops numbers of `x` with a probability; each site of a step has a `site` number of its own. */
export type Drop = <T extends tf.Tensor>(x: T, rate: number, site: number) => T;

export function dropping(random: EncoderRandom): Drop {
  if (random.kind === 'off') return (x) => x;
  const { seed } = random;
  return (x, rate, site) => (rate === 0 ? x : dropout(x, rate, siteSeed(seed, site)));
}

/** Numbers are kept with probability 1 - rate and divided by it, so that the mean stays (Srivastava 2014). */
function dropout<T extends tf.Tensor>(x: T, rate: number, seed: tf.Tensor): T {
  const kept = constantMask(tf.greaterEqual(statelessUniform(x.shape, seed), rate));
  return tf.mul(x, tf.mul(kept, 1 / (1 - rate)));
}

const GOLDEN_RATIO = 0x9e3779b1 | 0; // an odd number far from any count of steps: sites of different steps never meet

const siteSeed = (seed: tf.Tensor, site: number): tf.Tensor =>
  tf.add(seed, tf.tensor1d([Math.imul(site + 1, GOLDEN_RATIO), 0], 'int32'));

const KERNEL = 'StatelessRandomUniform';

/** Uniform in [0, 1) by TensorFlow's counter-based generator (Philox): a function of the seed alone. */
function statelessUniform(shape: readonly number[], seed: tf.Tensor): tf.Tensor {
  registerKernel();
  return tf.engine().runKernel(KERNEL, { seed }, { shape: [...shape] }) as tf.Tensor;
}

function registerKernel(): void {
  if (tf.getKernel(KERNEL, 'tensorflow')) return;
  tf.registerKernel({
    kernelName: KERNEL,
    backendName: 'tensorflow',
    kernelFunc: ({ inputs, attrs }) => {
      const backend = nativeBackend();
      const shape = tf.tensor1d(attrs?.shape as number[], 'int32');
      const result = execute(backend, [shape, inputs.seed as tf.Tensor]);
      shape.dispose();
      return result;
    },
  });
}

const [FLOAT, INT32] = [1, 3]; // types.proto

function execute(backend: NativeBackend, inputs: readonly tf.Tensor[]): tf.Tensor {
  const type = (name: string, value: number): NativeAttribute => ({ name, type: backend.binding.TF_ATTR_TYPE, value });
  const attributes = [type('dtype', FLOAT!), type('T', INT32!), type('Tseed', INT32!)];
  const [output] = backend.binding.executeOp(KERNEL, attributes, backend.getInputTensorIds(inputs), 1);
  return backend.createOutputTensor(output!);
}
