import type { ModelConfig } from './schema.ts';

/** What words and protocols say of a network. */
export interface ModelFacts {
  readonly label: string;
  /** What it takes for an example. */
  readonly reads: string;
}

/** In the order in which people are offered them. */
export const modelFacts: Readonly<Record<ModelConfig['kind'], ModelFacts>> = {
  mlp: { label: 'MLP', reads: 'numbers' },
  conv4: { label: 'Conv4', reads: 'images' },
  resnet12: { label: 'ResNet-12', reads: 'images' },
  cnn1d: { label: '1-D CNN', reads: 'signals' },
  encoder: { label: 'Encoder', reads: 'texts' },
};

export const modelLabels: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(modelFacts).map(([kind, { label }]) => [kind, label]),
);

/** "MLP 40-40", "Conv4-64", "ResNet-12 64-160-320-640", "1-D CNN 4 x 64". */
export function modelName(model: ModelConfig): string {
  const { label } = modelFacts[model.kind];
  switch (model.kind) {
    case 'mlp':
      return `${label} ${model.hidden.join('-')}`;
    case 'conv4':
      return `${label}-${model.filters}`;
    case 'resnet12':
      return `${label} ${model.widths.join('-')}`;
    case 'cnn1d':
      return `${label} ${model.blocks} x ${model.filters}`;
    case 'encoder':
      return model.start.kind === 'pretrained'
        ? model.start.model
        : `${label} ${model.start.layers} x ${model.start.hiddenSize}`;
  }
}

/** Pixels that an image needs along each side: four halvings, rounding down, must leave one. */
export const smallestImageSide = (model: ModelConfig): number =>
  model.kind === 'resnet12' || (model.kind === 'conv4' && model.downsampling === 'max-pool') ? 16 : 1;

/** Whose statistics batch norm uses in evaluation; `none` for a network without it. */
export const batchNormOf = (model: ModelConfig): 'transductive' | 'inductive' | 'none' =>
  'batchNorm' in model ? model.batchNorm : 'none';
