import type { NetworkConfig } from '../../../src/shared/run-config/schema.ts';

export interface ModelCase {
  readonly name: string;
  readonly config: NetworkConfig;
  readonly example: readonly number[];
}

const initialization = 'glorot-uniform';
const image = [16, 16, 1];
const batchNorms = ['transductive', 'inductive'] as const;

/** Small networks of every kind, in each form that changes which operations they use. A kind without one does not compile. */
const forms: { readonly [Kind in NetworkConfig['kind']]: readonly Extract<NetworkConfig, { kind: Kind }>[] } = {
  mlp: (['relu', 'tanh', 'sigmoid', 'softplus'] as const).map((activation) => ({
    ...{ kind: 'mlp', hidden: [5, 4], activation, initialization },
  })),
  conv4: (['stride', 'max-pool'] as const).flatMap((downsampling) =>
    batchNorms.map((batchNorm) => ({ kind: 'conv4' as const, filters: 3, downsampling, batchNorm, initialization })),
  ),
  resnet12: batchNorms.map((batchNorm) => ({ kind: 'resnet12', widths: [2, 2, 3, 3], batchNorm, initialization })),
  cnn1d: batchNorms.map((batchNorm) => ({
    ...{ kind: 'cnn1d', blocks: 2, filters: 3, filterLength: 5, batchNorm, initialization },
  })),
};

const nameOf = (config: NetworkConfig): string =>
  Object.values(config)
    .filter((value) => typeof value === 'string' && value !== initialization)
    .join(', ');

export const modelCases: readonly ModelCase[] = Object.values(forms).flatMap((configs) =>
  configs.map((config) => ({ name: nameOf(config), config, example: config.kind === 'cnn1d' ? [16, 2] : image })),
);
