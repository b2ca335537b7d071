import { modelFacts } from '../../../shared/run-config/model-facts.ts';
import { largestActivation, networkSize } from '../../../shared/run-config/network-size.ts';
import type { NetworkConfig } from '../../../shared/run-config/schema.ts';
import { createCnn1d } from './cnn1d.ts';
import { createConv4 } from './conv4.ts';
import { createMlp } from './mlp.ts';
import type { Model, UncountedModel } from './model.ts';
import { createResNet12 } from './resnet12.ts';

/**
 * The network of a config for examples of this shape ([1], [length, channels] or [height, width, channels]); throws a
 * plain sentence.
 */
export function createModel(config: NetworkConfig, exampleShape: readonly number[], outputs: number): Model {
  const { multiplyAdds } = networkSize(config, exampleShape, outputs);
  const network = uncounted(config, exampleShape, outputs);
  return { ...network, multiplyAdds, activationSize: largestActivation(config, exampleShape, outputs) };
}

function uncounted(config: NetworkConfig, exampleShape: readonly number[], outputs: number): UncountedModel {
  switch (config.kind) {
    case 'mlp':
      return createMlp(
        config,
        exampleShape.reduce((product, size) => product * size, 1),
        outputs,
      );
    case 'conv4':
      return createConv4(config, imageShape(config, exampleShape), outputs);
    case 'resnet12':
      return createResNet12(config, imageShape(config, exampleShape), outputs);
    case 'cnn1d':
      return createCnn1d(config, exampleShape, outputs);
  }
}

function imageShape({ kind }: NetworkConfig, exampleShape: readonly number[]): readonly number[] {
  if (exampleShape.length === 3) return exampleShape;
  throw new Error(`${modelFacts[kind].label} reads images: set model.kind to "mlp" for this task.`);
}
