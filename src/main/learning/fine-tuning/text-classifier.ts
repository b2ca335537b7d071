/** A text classifier in one graph: training steps and predictions for each length of text, on one state. */

import * as tf from '@tensorflow/tfjs-core';
import { registerSecondOrderGradients } from '../autodiff/second-order-gradients.ts';
import type { FeedValue, WriteGraph } from '../compile/step.ts';
import { compileVariants, type StepVariant, type StepVariants } from '../compile/step-variants.ts';
import type { TokenizedText } from '../encoder/tokenizer.ts';
import { sizeOfShape, type TensorSpec } from '../named-tensor.ts';
import { createFineTuneStep, createPrediction, type StepParts } from './fine-tune-step.ts';
import { textFeeds } from './text-batches.ts';

/** Texts side by side in a prediction. */
export const PREDICTED_TOGETHER = 32;

export interface ClassifierOptions {
  readonly parts: StepParts;
  /** Padded lengths that training steps are recorded for; none: it only predicts. */
  readonly trainingLengths: readonly number[];
  readonly predictionLengths: readonly number[];
  readonly writeGraph: WriteGraph;
}

export class TextClassifier {
  readonly steps: StepVariants;
  private readonly options: ClassifierOptions;

  /** `state`: values of what is trained, of the optimiser's slots if it trains, and of what is frozen. */
  constructor(options: ClassifierOptions, state: readonly Float32Array[]) {
    registerSecondOrderGradients();
    this.options = options;
    const initial = stateSpecs(options).map(({ shape }, i) => tf.tensor(state[i]!, [...shape]));
    const variants = variantsOf(options);
    try {
      const mode = options.parts.settings.mode;
      this.steps = compileVariants(variants, initial, { mode, writeGraph: options.writeGraph });
    } finally {
      tf.dispose([...initial, ...variants.flatMap(({ exampleFeeds }) => [...exampleFeeds])]);
    }
  }

  /** One training step on texts padded to `length`; fetches loss, accuracy and gradient norm. */
  train(length: number, feeds: readonly FeedValue[]): readonly number[] {
    const variant = this.options.trainingLengths.indexOf(length);
    return this.steps.run(variant, feeds).map((values) => values[0]!);
  }

  /** Logits [texts, labels] of at most PREDICTED_TOGETHER texts. */
  predict(texts: readonly TokenizedText[]): Float32Array {
    const { trainingLengths, predictionLengths, parts } = this.options;
    const longest = Math.max(...texts.map(({ ids }) => ids.length));
    const place = predictionLengths.findIndex((length) => length >= longest);
    const length = predictionLengths[place]!;
    const feeds = textFeeds(texts, { rows: PREDICTED_TOGETHER, length, padId: parts.config.padTokenId });
    const [logits] = this.steps.run(trainingLengths.length + place, feeds);
    return logits!.subarray(0, texts.length * parts.state.head.outputs);
  }

  dispose(): void {
    this.steps.dispose();
  }
}

/** The tensors of a classifier's state, in order. */
export function stateSpecs({ parts, trainingLengths }: ClassifierOptions): readonly TensorSpec[] {
  const { trained, frozen } = parts.state;
  return [...trained, ...(trainingLengths.length > 0 ? parts.optimizer.slots(trained) : []), ...frozen];
}

/** Training steps by length, then predictions by length. */
function variantsOf({ parts, trainingLengths, predictionLengths }: ClassifierOptions): StepVariant[] {
  const { batch } = parts.settings;
  const { outputs } = parts.state.head;
  const slotCount = trainingLengths.length > 0 ? parts.optimizer.slots(parts.state.trained).length : 0;
  const train = createFineTuneStep(parts);
  const predict = createPrediction(parts, slotCount);
  return [
    ...trainingLengths.map((length) => ({
      step: train,
      exampleFeeds: [
        ...exampleTexts(batch, length),
        tf.zeros([batch, outputs]),
        tf.ones([batch]),
        tf.zeros([1]),
        tf.zeros([2], 'int32'),
      ],
    })),
    ...predictionLengths.map(
      (length): StepVariant => ({
        step: (state, feeds) => ({ state, fetches: predict(state, feeds) }),
        exampleFeeds: exampleTexts(PREDICTED_TOGETHER, length),
      }),
    ),
  ];
}

const exampleTexts = (rows: number, length: number): tf.Tensor[] => [
  tf.zeros([rows, length], 'int32'),
  tf.ones([rows, length]),
  tf.zeros([rows, length], 'int32'),
];

export const zerosFor = (specs: readonly TensorSpec[]): Float32Array[] =>
  specs.map(({ shape }) => new Float32Array(sizeOfShape(shape)));
