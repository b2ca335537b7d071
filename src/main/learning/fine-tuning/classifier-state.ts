/** How a classifier's weights lie in a step's state: what is trained first, then optimiser slots, then what is frozen. */

import type * as tf from '@tensorflow/tfjs-core';
import { createRandom } from '../../../shared/random/random.ts';
import { type ClassifierHead, classifierParameters } from '../encoder/classifier.ts';
import { type LoraSettings, loraParameters, mergeLora } from '../encoder/lora.ts';
import { parameterPlace } from '../encoder/parameters.ts';
import type { ParameterSpec } from '../models/model.ts';
import type { FineTuneSettings, TrainedPart } from './settings.ts';
import type { PretrainedTensor, TextEncoderStart, TextSource } from './text-source.ts';

export interface ClassifierState {
  readonly head: ClassifierHead;
  readonly trained: readonly ParameterSpec[];
  readonly frozen: readonly ParameterSpec[];
  /** The classifier's parameters, in its order, of the values of `trained` and `frozen`. */
  assemble(trained: readonly tf.Tensor[], frozen: readonly tf.Tensor[]): readonly tf.Tensor[];
}

/** The encoder's config with the run's dropout in the place of its own. */
export const encoderOf = (
  { encoder }: Pick<TextSource, 'encoder'>,
  { dropout }: Pick<FineTuneSettings, 'dropout'>,
) => ({
  ...encoder.config,
  hiddenDropout: dropout,
  attentionDropout: dropout,
});

/** Throws a plain sentence when more layers are to be trained than there are. */
export function classifierState(source: TextSource, settings: FineTuneSettings): ClassifierState {
  const config = encoderOf(source, settings);
  const head: ClassifierHead = { kind: settings.head, outputs: source.labelNames.length, dropout: settings.dropout };
  const all = classifierParameters(config, head);
  const isTrained = all.map((spec) => trains(settings.trained, spec, config.layers));
  const adapters = settings.trained.kind === 'lora' ? loraSettings(settings.trained) : null;
  const adapterSpecs = adapters ? loraParameters(config, adapters) : [];
  const trained = [...all.filter((_, i) => isTrained[i]), ...adapterSpecs];
  const own = trained.length - adapterSpecs.length;
  return {
    head,
    trained,
    frozen: all.filter((_, i) => !isTrained[i]),
    assemble: (trainedValues, frozenValues) => {
      let [nextTrained, nextFrozen] = [0, 0];
      const values = isTrained.map((is) => (is ? trainedValues[nextTrained++]! : frozenValues[nextFrozen++]!));
      return adapters ? mergeLora(config, adapters, values, trainedValues.slice(own)) : values;
    },
  };
}

/** Queries and values, as in the paper. */
export const loraSettings = ({ rank, alpha }: Extract<TrainedPart, { readonly kind: 'lora' }>): LoraSettings => ({
  rank,
  alpha,
  targets: ['query', 'value'],
});

function trains(part: TrainedPart, { name, part: place }: ParameterSpec, layers: number): boolean {
  if (part.kind === 'all' || place === 'head') return true;
  if (part.kind !== 'last-layers') return false;
  if (part.layers > layers) {
    throw new Error(`model.trained.layers is ${part.layers}, but the encoder has ${layers} layers.`);
  }
  const at = parameterPlace(name);
  return at.kind === 'layer' ? at.layer >= layers - part.layers : at.kind === 'pooler';
}

/** Values to start from, in the order of the specs: pretrained where there are some, else drawn by the seed. */
export function startingValues(specs: readonly ParameterSpec[], start: TextEncoderStart, seed: number): Float32Array[] {
  const random = createRandom(seed, 'initialization');
  return specs.map((spec) => {
    const pretrained = spec.part === 'body' ? start.tensors?.get(spec.name) : undefined;
    if (pretrained) return fitting(spec, pretrained);
    if (start.tensors && spec.part === 'body' && !mayBeMissing(spec.name)) {
      throw new Error(`The model's weights lack "${spec.name}", which its config.json asks for.`);
    }
    return spec.initialize(spec.shape, random.stream(spec.name));
  });
}

/** A model without a pooler gets a new one, as in transformers; adapters are always new. */
const mayBeMissing = (name: string): boolean => name.startsWith('pooler.') || name.includes('.lora_');

function fitting({ name, shape }: ParameterSpec, tensor: PretrainedTensor): Float32Array {
  if (tensor.shape.join() !== shape.join()) {
    throw new Error(
      `"${name}" has the shape [${tensor.shape.join(', ')}]; its config.json asks for [${shape.join(', ')}].`,
    );
  }
  return tensor.values;
}
