/** What a run learned as one pure function of a batch, with the values of its parameters: what a graph model holds. */

import {
  isTextFineTune,
  type NetworkConfig,
  type RunConfig,
  type TextFineTuneRunConfig,
} from '../../../shared/run-config/schema.ts';
import { DataType } from '../compile/graph-def.ts';
import type { TensorSpec as RecordedSpec } from '../compile/recording.ts';
import type { PureFunction } from '../compile/step.ts';
import { classifierState, encoderOf, startingValues } from '../fine-tuning/classifier-state.ts';
import { createPrediction, fineTuneOptimizer } from '../fine-tuning/fine-tune-step.ts';
import { fineTuneSettings } from '../fine-tuning/settings.ts';
import type { TextSource } from '../fine-tuning/text-source.ts';
import type { LearnerSource } from '../meta-learner.ts';
import { createModel } from '../models/create-model.ts';
import { type Model, ownBatch } from '../models/model.ts';
import { type NamedTensor, nameTensors, valuesInOrder } from '../named-tensor.ts';

export interface ExportedFunction {
  /** Of parameters and inputs. */
  readonly step: PureFunction;
  readonly parameters: readonly NamedTensor[];
  /** Their names, and their shapes and element types for a number of rows. */
  readonly inputs: readonly { readonly name: string; readonly spec: (rows: number) => RecordedSpec }[];
  readonly outputs: readonly string[];
  /** For whoever loads it: what goes in and what comes out. */
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** `parameters` as a checkpoint of the run has them. Throws a plain sentence when they do not fit. */
export function exportedFunction(
  config: RunConfig,
  source: LearnerSource,
  parameters: readonly NamedTensor[],
): ExportedFunction {
  if (isTextFineTune(config)) return textClassifier(config, source as TextSource, parameters);
  if (config.model.kind === 'encoder') throw new Error('An encoder is fine-tuned on texts, and the source has none.');
  const outputs = headSize(config.model, parameters);
  return network(createModel(config.model, exampleShapeOf(source), outputs), config, parameters);
}

/** Logits of token ids; texts are cut and padded to `task.maxLength` by whoever calls it. */
function textClassifier(
  config: TextFineTuneRunConfig,
  source: TextSource,
  learned: readonly NamedTensor[],
): ExportedFunction {
  const settings = { ...fineTuneSettings(config), precision: 'float32' } as const;
  const state = classifierState(source, settings);
  const parts = {
    ...{ config: encoderOf(source, settings), state, settings, labelMode: source.labelMode },
    optimizer: fineTuneOptimizer(settings, state),
  };
  const trained = nameTensors(state.trained, valuesInOrder(state.trained, learned, 'The checkpoint'));
  const frozen = nameTensors(state.frozen, startingValues(state.frozen, source.encoder, settings.seed));
  const ids = (name: string, dtype: number) => ({
    name,
    spec: (rows: number): RecordedSpec => ({ shape: [rows, settings.maxLength], dtype }),
  });
  return {
    step: createPrediction(parts, 0),
    parameters: [...trained, ...frozen],
    inputs: [
      ids('input_ids', DataType.int32),
      ids('attention_mask', DataType.float32),
      ids('token_type_ids', DataType.int32),
    ],
    outputs: ['logits'],
    metadata: { labels: source.labelNames, labelMode: source.labelMode, maxLength: settings.maxLength },
  };
}

/**
 * A network before it adapts to a task: its predictions where it has a head, and what the head is given. Batch norm
 * takes the statistics of the batch at hand.
 */
function network(model: Model, config: RunConfig, learned: readonly NamedTensor[]): ExportedFunction {
  const byName = new Map(learned.map((tensor) => [tensor.name, tensor]));
  const specs = model.parameters.filter(({ name, part }) => part === 'body' || byName.has(name));
  const own = specs.flatMap(({ name }) => byName.get(name) ?? []);
  const parameters = nameTensors(specs, valuesInOrder(specs, own, 'The checkpoint'));
  const hasHead = specs.length === model.parameters.length;
  const step: PureFunction = (values, [inputs]) => {
    const { features } = model.embed(values, inputs!, ownBatch);
    return hasHead ? [model.apply(values, inputs!, ownBatch).predictions, features] : [features];
  };
  const { dtype, shape } = { dtype: DataType.float32, shape: model.inputShape };
  return {
    ...{ step, parameters },
    inputs: [{ name: 'inputs', spec: (rows) => ({ shape: [rows, ...shape], dtype }) }],
    outputs: hasHead ? ['predictions', 'features'] : ['features'],
    metadata: { network: config.model, batchNorm: model.batchNorm === 'none' ? 'none' : 'of the batch at hand' },
  };
}

function exampleShapeOf(source: LearnerSource): readonly number[] {
  switch (source.kind) {
    case 'sinusoid':
      return [1];
    case 'binary-points':
      return [2];
    case 'text-classes':
      throw new Error('A network does not read texts.');
    case 'table-classes':
    case 'audio-classes':
      return source.shape;
    default:
      return [source.layout.height, source.layout.width, source.layout.channels];
  }
}

/** Outputs of the head that was learned; 1 where none was, since its size plays no role then. */
function headSize(network: NetworkConfig, parameters: readonly NamedTensor[]): number {
  const bias = network.kind === 'mlp' ? `dense${network.hidden.length + 1}/bias` : 'head/bias';
  return parameters.find(({ name }) => name === bias)?.shape[0] ?? 1;
}
