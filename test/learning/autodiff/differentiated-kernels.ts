import * as tf from '@tensorflow/tfjs-core';
import { replace } from '../../../src/main/learning/compile/engine-hooks.ts';

/** What was differentiated, as `Kernel.input`: `Conv2D.filter` is the derivative of a convolution by its filter. */
export interface Differentiated {
  /** In any gradient, also in those of an inner loop. */
  readonly anywhere: ReadonlySet<string>;
  /** In gradients that are themselves not differentiated: those of a second pass where there is one. */
  readonly outermost: ReadonlySet<string>;
}

type TapeNode = { gradient?: (dys: tf.Tensor[]) => Record<string, () => tf.Tensor> };
type Engine = {
  addTapeNode(kernelName: string, ...rest: unknown[]): void;
  clone(x: tf.Tensor): tf.Tensor;
  readonly state: { readonly activeTape: TapeNode[]; readonly gradientDepth: number };
};

/**
 * Runs `f` and says which kernels' derivatives it took. A gradient of its own (`tf.customGrad`) is no kernel: it goes by
 * the name of the operation that has it. Gradient functions that are never called, of masks say, do not count.
 */
export function differentiatedKernels(f: () => void): Differentiated {
  const engine = tf.engine() as unknown as Engine;
  const { addTapeNode, clone } = engine;
  const anywhere = new Set<string>();
  const outermost = new Set<string>();
  let clones = 0;
  const note = (name: string): void => {
    anywhere.add(name);
    if (engine.state.gradientDepth === 0) outermost.add(name);
  };
  const noting: Engine['addTapeNode'] = (kernelName, ...rest) => {
    addTapeNode.call(engine, kernelName, ...rest);
    const node = engine.state.activeTape.at(-1)!;
    const { gradient } = node;
    if (!gradient) return; // backpropagation throws there
    const name = clones > 0 ? 'clone' : kernelName; // the tape calls a clone by the operation that made it
    node.gradient = (dys) =>
      Object.fromEntries(
        Object.entries(gradient(dys)).map(([input, derivative]) => [
          input,
          () => {
            note(`${name}.${/^\d+$/.test(input) ? 'each' : input}`); // of a list, such as addN has
            return derivative();
          },
        ]),
      );
  };
  const cloning: Engine['clone'] = (x) => {
    clones += 1;
    try {
      return clone.call(engine, x);
    } finally {
      clones -= 1;
    }
  };
  const restores = [replace(engine, 'addTapeNode', noting), replace(engine, 'clone', cloning)];
  try {
    tf.tidy(f);
  } finally {
    for (const restore of restores) restore();
  }
  return { anywhere, outermost };
}
