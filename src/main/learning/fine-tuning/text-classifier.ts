/** A text classifier in one graph: training steps and predictions for each length of text, on one state. */

import * as tf from '@tensorflow/tfjs-core';
import { registerSecondOrderGradients } from '../autodiff/second-order-gradients.ts';
import type { FeedValue, WriteGraph } from '../compile/step.ts';
import { compileVariants, type StepVariant, type StepVariants } from '../compile/step-variants.ts';
import type { TokenizedText } from '../encoder/tokenizer.ts';
import { sizeOfShape, type TensorSpec } from '../named-tensor.ts';
import {
  createFineTuneStep,
  createGradientSum,
  createPrediction,
  createSummedStep,
  type StepParts,
} from './fine-tune-step.ts';
import { stateLayout } from './state-layout.ts';
import { textFeeds } from './text-batches.ts';

/** Texts side by side in the predictions of an evaluation. */
export const PREDICTED_TOGETHER = 32;

export interface ClassifierOptions {
  readonly parts: StepParts;
  /** Padded lengths that training steps are recorded for; none: it only predicts. */
  readonly trainingLengths: readonly number[];
  readonly predictionLengths: readonly number[];
  /** Texts side by side in a prediction; PREDICTED_TOGETHER when absent. */
  readonly predictedTogether?: number;
  readonly writeGraph: WriteGraph;
}

export class TextClassifier {
  readonly steps: StepVariants;
  private readonly options: ClassifierOptions;

  /** `state`: values in the order of `stateLayout`. */
  constructor(options: ClassifierOptions, state: readonly Float32Array[]) {
    registerSecondOrderGradients();
    this.options = options;
    const { specs } = stateLayout(options.parts, purposeOf(options));
    const initial = specs.map(({ shape }, i) => tf.tensor(state[i]!, [...shape]));
    const variants = variantsOf(options);
    try {
      const mode = options.parts.settings.mode;
      this.steps = compileVariants(variants, initial, { mode, writeGraph: options.writeGraph });
    } finally {
      tf.dispose([...initial, ...variants.flatMap(({ exampleFeeds }) => [...exampleFeeds])]);
    }
  }

  /** What `createFineTuneStep` does, or `createGradientSum` where several batches make a step, for texts of `length`. */
  train(length: number, feeds: readonly FeedValue[]): readonly number[] {
    const variant = this.options.trainingLengths.indexOf(length);
    return this.steps.run(variant, feeds).map((values) => values[0]!);
  }

  /** The step by what `train` has added up, where several batches make one; the norm of the whole gradient. */
  stepBySums(rateFactor: Float32Array): number {
    return this.steps.run(this.options.trainingLengths.length, [rateFactor])[0]![0]!;
  }

  /** Logits [texts, labels] of at most `predictedTogether` texts. */
  predict(texts: readonly TokenizedText[]): Float32Array {
    const { predictionLengths, parts } = this.options;
    const longest = Math.max(...texts.map(({ ids }) => ids.length));
    const place = predictionLengths.findIndex((length) => length >= longest);
    const length = predictionLengths[place]!;
    const feeds = textFeeds(texts, { rows: rowsPredicted(this.options), length, padId: parts.config.padTokenId });
    const [logits] = this.steps.run(trainingVariants(this.options) + place, feeds);
    return logits!.subarray(0, texts.length * parts.state.head.outputs);
  }

  dispose(): void {
    this.steps.dispose();
  }
}

const rowsPredicted = ({ predictedTogether = PREDICTED_TOGETHER }: ClassifierOptions): number => predictedTogether;

const purposeOf = ({ trainingLengths }: ClassifierOptions) => (trainingLengths.length > 0 ? 'train' : 'predict');

const trainingVariants = ({ parts, trainingLengths }: ClassifierOptions): number =>
  trainingLengths.length + (sumsGradients(parts, trainingLengths) ? 1 : 0);

const sumsGradients = ({ settings }: StepParts, trainingLengths: readonly number[]): boolean =>
  settings.accumulate > 1 && trainingLengths.length > 0;

/** Training steps by length, the step by sums if there is one, then predictions by length. */
function variantsOf(options: ClassifierOptions): StepVariant[] {
  const { parts, trainingLengths, predictionLengths } = options;
  const { batch } = parts.settings;
  const { outputs } = parts.state.head;
  const summed = sumsGradients(parts, trainingLengths);
  const train = summed ? createGradientSum(parts) : createFineTuneStep(parts);
  const { trained: count, firstFrozen } = stateLayout(parts, purposeOf(options));
  const predict = createPrediction(parts, firstFrozen - count);
  return [
    ...trainingLengths.map((length) => ({
      step: train,
      exampleFeeds: [
        ...exampleTexts(batch, length),
        tf.zeros([batch, outputs]),
        tf.ones([batch]),
        tf.ones([1]),
        tf.zeros([2], 'int32'),
      ],
    })),
    ...(summed ? [{ step: createSummedStep(parts), exampleFeeds: [tf.zeros([1])] }] : []),
    ...predictionLengths.map(
      (length): StepVariant => ({
        step: (state, feeds) => ({ state, fetches: predict(state, feeds) }),
        exampleFeeds: exampleTexts(rowsPredicted(options), length),
      }),
    ),
  ];
}

const exampleTexts = (rows: number, length: number): tf.Tensor[] => [
  tf.zeros([rows, length], 'int32'),
  tf.ones([rows, length]),
  tf.zeros([rows, length], 'int32'),
];

/** All of them lie in the memory of the largest, and are not to be written to. */
export function zerosFor(specs: readonly TensorSpec[]): Float32Array[] {
  const sizes = specs.map(({ shape }) => sizeOfShape(shape));
  const largest = new Float32Array(Math.max(0, ...sizes));
  return sizes.map((size) => largest.subarray(0, size));
}
