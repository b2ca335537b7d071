/** How a network's weights lie in a step's state: what is trained first, then optimiser slots, then what is frozen. */

import type * as tf from '@tensorflow/tfjs-core';
import { createRandom } from '../../../shared/random/random.ts';
import type { NetworkFineTuneRunConfig } from '../../../shared/run-config/schema.ts';
import type { ParameterSpec } from '../models/model.ts';
import { adamw } from '../optimizers/adamw.ts';
import type { Optimizer } from '../optimizers/optimizer.ts';
import { optimizers } from '../optimizers/registry.ts';
import type { NetworkStart } from './network-source.ts';

export interface NetworkState {
  readonly trained: readonly ParameterSpec[];
  readonly frozen: readonly ParameterSpec[];
  /** The network's parameters, in its order, of the values of `trained` and `frozen`. */
  assemble(trained: readonly tf.Tensor[], frozen: readonly tf.Tensor[]): readonly tf.Tensor[];
}

export function networkState(parameters: readonly ParameterSpec[], part: 'all' | 'head'): NetworkState {
  const isTrained = parameters.map((spec) => part === 'all' || spec.part === 'head');
  return {
    trained: parameters.filter((_, i) => isTrained[i]),
    frozen: parameters.filter((_, i) => !isTrained[i]),
    assemble: (trained, frozen) => {
      let [nextTrained, nextFrozen] = [0, 0];
      return isTrained.map((is) => (is ? trained[nextTrained++]! : frozen[nextFrozen++]!));
    },
  };
}

/** AdamW shrinks kernels, and neither biases nor what batch norm scales and shifts by. */
export function networkOptimizer(
  outer: NetworkFineTuneRunConfig['outer'],
  trained: readonly ParameterSpec[],
): Optimizer {
  if (outer.optimizer !== 'adamw') return optimizers[outer.optimizer](outer);
  return adamw(outer.rate, outer.weightDecay, (index) => trained[index]!.name.endsWith('/kernel'));
}

/**
 * Values to begin with, in the order of the specs: the start's where there is one, else drawn by the seed, each from a
 * stream of its own name as in meta-learning. A start's head is kept only where all of it fits. Throws a plain sentence
 * when the body does not.
 */
export function beginningValues(
  specs: readonly ParameterSpec[],
  start: NetworkStart | null,
  { seed, startHead }: { readonly seed: number; readonly startHead: 'keep' | 'new' },
): Float32Array[] {
  const random = createRandom(seed, 'initialization');
  const drawn = (spec: ParameterSpec) => spec.initialize(spec.shape, random.stream(spec.name));
  const fits = ({ name, shape }: ParameterSpec) => start?.tensors.get(name)?.shape.join() === shape.join();
  const keepsHead = startHead === 'keep' && specs.every((spec) => spec.part === 'body' || fits(spec));
  return specs.map((spec) => {
    if (start === null || (spec.part === 'head' && !keepsHead)) return drawn(spec);
    const given = start.tensors.get(spec.name);
    if (!given) throw new Error(`The model "${start.name}" has no "${spec.name}", which this network needs.`);
    if (!fits(spec)) {
      throw new Error(
        `"${spec.name}" of the model "${start.name}" has the shape [${given.shape.join(', ')}], but this network needs ` +
          `[${spec.shape.join(', ')}]: network, inputs and classes must be those of the model.`,
      );
    }
    return given.values.slice();
  });
}
