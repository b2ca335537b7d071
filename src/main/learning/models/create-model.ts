import type { ModelConfig } from '../../../shared/run-config/schema.ts';
import { createConv4 } from './conv4.ts';
import { createMlp } from './mlp.ts';
import type { Model } from './model.ts';

/** The network of a config for examples of this shape ([1] or [height, width, channels]); throws a plain sentence. */
export function createModel(config: ModelConfig, exampleShape: readonly number[], outputs: number): Model {
  switch (config.kind) {
    case 'mlp':
      return createMlp(
        config,
        exampleShape.reduce((product, size) => product * size, 1),
        outputs,
      );
    case 'conv4':
      if (exampleShape.length !== 3) throw new Error('Conv4 reads images: set model.kind to "mlp" for this task.');
      return createConv4(config, exampleShape, outputs);
  }
}
