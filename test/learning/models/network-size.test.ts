import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { replace } from '../../../src/main/learning/compile/engine-hooks.ts';
import { createModel } from '../../../src/main/learning/models/create-model.ts';
import { ownBatch, parameterCount } from '../../../src/main/learning/models/model.ts';
import { loadTensorFlow } from '../../../src/main/trainer/device.ts';
import { networkSize } from '../../../src/shared/run-config/network-size.ts';
import { randomTensor } from '../differences.ts';
import { modelCases } from './cases.ts';

beforeAll(async () => {
  await loadTensorFlow();
});

it.each(modelCases)(
  '$name: what is counted from the config is what the network has and does',
  ({ config, example }) => {
    const model = createModel(config, example, 3);
    const weights = model.parameters.map(({ name, shape }) => randomTensor(name, [...shape]));
    const inputs = randomTensor('inputs', [2, ...model.inputShape]);
    const { parameters, multiplyAdds } = networkSize(config, example, 3);
    expect(parameterCount(model.parameters)).toBe(parameters);
    expect(model.multiplyAdds).toBe(multiplyAdds);
    expect(countedMultiplyAdds(() => model.apply(weights, inputs, ownBatch).predictions) / 2).toBe(multiplyAdds);
  },
);

/** Multiply-adds of the matrix products and convolutions that `f` runs, from the shapes of their results. */
function countedMultiplyAdds(f: () => tf.Tensor): number {
  const engine = tf.engine();
  const { runKernel } = engine;
  let count = 0;
  const counting: typeof runKernel = (kernelName, inputs, attributes) => {
    const result = runKernel.call(engine, kernelName, inputs, attributes);
    const { a, filter } = inputs as Readonly<Record<string, tf.Tensor>>;
    const size = (result as tf.Tensor).size;
    if (kernelName === tf.BatchMatMul) count += size * a!.shape.at(-1)!;
    if (kernelName === tf.Conv2D) count += size * (filter!.size / filter!.shape.at(-1)!);
    return result as never;
  };
  const restore = replace(engine, 'runKernel', counting);
  try {
    tf.tidy(f);
  } finally {
    restore();
  }
  return count;
}
