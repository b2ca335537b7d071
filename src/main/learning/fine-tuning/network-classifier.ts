/** A network in one graph: training steps, statistics of batch norm and predictions on one state. */

import * as tf from '@tensorflow/tfjs-core';
import { registerSecondOrderGradients } from '../autodiff/second-order-gradients.ts';
import type { FeedValue, WriteGraph } from '../compile/step.ts';
import { compileVariants, type StepVariant, type StepVariants } from '../compile/step-variants.ts';
import { createNetworkPrediction, createNetworkStep, createStatistics, type NetworkParts } from './network-step.ts';

export interface NetworkClassifierOptions {
  readonly parts: NetworkParts;
  readonly classes: number;
  /** Batches that training steps are recorded for; none: it only predicts. */
  readonly trainingSizes: readonly number[];
  /** Examples side by side in a prediction by statistics that are given. */
  readonly predictedTogether: number;
  /** Batches that are predicted by their own statistics. */
  readonly ownSizes: readonly number[];
  /** Examples that statistics are taken of. */
  readonly referenceSize: number;
  readonly mode: 'compiled' | 'eager';
  readonly writeGraph: WriteGraph;
}

type Purpose = 'train' | 'own' | 'statistics' | 'given';

/** Statistics of batch norm, layer by layer; empty for a network without it. */
export type HostStatistics = readonly Float32Array[];

export class NetworkClassifier {
  readonly steps: StepVariants;
  private readonly options: NetworkClassifierOptions;
  /** Place of each variant, by what it is for and its number of examples. */
  private readonly places = new Map<string, number>();

  /** `state`: values of what is trained, of the optimiser's slots if it trains, and of what is frozen. */
  constructor(options: NetworkClassifierOptions, state: readonly Float32Array[]) {
    registerSecondOrderGradients();
    this.options = options;
    const { parts, mode, writeGraph, trainingSizes } = options;
    const { trained, frozen } = parts.layout;
    const slots = trainingSizes.length > 0 ? parts.optimizer.slots(trained) : [];
    const initial = [...trained, ...slots, ...frozen].map(({ shape }, i) => tf.tensor(state[i]!, [...shape]));
    const variants = this.variants(slots.length);
    try {
      this.steps = compileVariants(variants, initial, { mode, writeGraph });
    } finally {
      tf.dispose([...initial, ...variants.flatMap(({ exampleFeeds }) => [...exampleFeeds])]);
    }
  }

  /** One training step; fetches loss, accuracy and gradient norm. */
  train(size: number, feeds: readonly FeedValue[]): readonly number[] {
    return this.steps.run(this.placeOf('train', size), feeds).map((values) => values[0]!);
  }

  /** Logits [images, classes] of a batch by its own statistics. */
  predictByOwn(size: number, examples: Float32Array): Float32Array {
    return this.steps.run(this.placeOf('own', size), [examples])[0]!;
  }

  /** Statistics of `referenceSize` examples. */
  statistics(examples: Float32Array): HostStatistics {
    if (this.options.parts.model.batchNorm === 'none') return [];
    return this.steps.run(this.placeOf('statistics', this.options.referenceSize), [examples]).map((one) => one.slice());
  }

  /** Logits of `predictedTogether` examples, which do not depend on each other. */
  predictByGiven(examples: Float32Array, statistics: HostStatistics): Float32Array {
    return this.steps.run(this.placeOf('given', this.options.predictedTogether), [examples, ...statistics])[0]!;
  }

  dispose(): void {
    this.steps.dispose();
  }

  private placeOf(purpose: Purpose, size: number): number {
    const place = this.places.get(`${purpose}-${size}`);
    if (place === undefined) throw new Error(`No step was recorded to ${purpose} with ${size} examples.`);
    return place;
  }

  private variants(slotCount: number): StepVariant[] {
    const { parts, classes, trainingSizes, predictedTogether, ownSizes, referenceSize } = this.options;
    const variants: StepVariant[] = [];
    const add = (purpose: Purpose, size: number, step: StepVariant['step'], more: readonly tf.Tensor[] = []) => {
      this.places.set(`${purpose}-${size}`, variants.length);
      variants.push({ step, exampleFeeds: [tf.zeros([size, ...parts.model.inputShape]), ...more] });
    };
    for (const size of trainingSizes) {
      add('train', size, createNetworkStep(parts), [tf.zeros([size, classes]), tf.ones([size]), tf.zeros([1])]);
    }
    const predict = createNetworkPrediction(parts, slotCount);
    for (const size of ownSizes) add('own', size, predict);
    if (parts.model.batchNorm !== 'none') add('statistics', referenceSize, createStatistics(parts, slotCount));
    add('given', predictedTogether, predict, this.exampleStatistics());
    return variants;
  }

  /** A mean of zeros and a variance of ones for each batch norm, [channels] each. */
  private exampleStatistics(): tf.Tensor[] {
    const scales = this.options.parts.model.parameters.filter(({ norm }) => norm === 'scale');
    return scales.flatMap(({ shape }) => [tf.zeros([...shape]), tf.ones([...shape])]);
  }
}
