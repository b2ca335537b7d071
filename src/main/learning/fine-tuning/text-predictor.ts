import type { WriteGraph } from '../compile/step.ts';
import type { TextTokenizer } from '../encoder/tokenizer.ts';
import { type NamedTensor, valuesInOrder } from '../named-tensor.ts';
import { classifierState, encoderOf, startingValues } from './classifier-state.ts';
import { fineTuneOptimizer } from './fine-tune-step.ts';
import { probabilitiesOf } from './label-probabilities.ts';
import type { FineTuneSettings } from './settings.ts';
import { paddedLengths } from './text-batches.ts';
import { TextClassifier } from './text-classifier.ts';
import type { TextSource } from './text-source.ts';

export interface TextPredictorOptions {
  readonly settings: FineTuneSettings;
  /** Its examples are not looked at. */
  readonly source: TextSource;
  readonly writeGraph: WriteGraph;
  /** Of what was trained. */
  readonly parameters: readonly NamedTensor[];
  /** Texts that are computed side by side; 1 answers soonest for one, and each is padded to its own length only. */
  readonly together: number;
}

/** A text that is in no dataset. */
export interface NewText {
  readonly text: string;
  readonly pair?: string | undefined;
}

export interface TextPredictions {
  /** [texts, labels], row-major. */
  readonly probabilities: Float32Array;
  /** Of each text after cutting, special ones included. */
  readonly tokens: readonly number[];
}

/**
 * Says what a fine-tuned encoder says of new texts, again and again. Every padded length is recorded at the start: a
 * graph takes the weights with it, so a length that came later would cost them a second time (MiniLM at 128 tokens: five
 * lengths 0.7 s to record, one 0.15 s).
 */
export class TextPredictor {
  private readonly settings: FineTuneSettings;
  private readonly source: Pick<TextSource, 'labelNames' | 'labelMode'>;
  private readonly tokenizer: TextTokenizer;
  private readonly classifier: TextClassifier;

  /** TensorFlow must be loaded. Throws a plain sentence when the parameters do not fit. */
  constructor({ settings, source, writeGraph, parameters, together }: TextPredictorOptions) {
    const state = classifierState(source, settings);
    const optimizer = fineTuneOptimizer(settings, state);
    const parts = { config: encoderOf(source, settings), state, optimizer, settings, labelMode: source.labelMode };
    const lengths = { trainingLengths: [], predictionLengths: paddedLengths(settings.maxLength) };
    this.settings = settings;
    this.source = { labelNames: source.labelNames, labelMode: source.labelMode };
    this.tokenizer = source.encoder.tokenizer; // the weights themselves are only the graph's from here on
    this.classifier = new TextClassifier({ parts, ...lengths, predictedTogether: together, writeGraph }, [
      ...valuesInOrder(state.trained, parameters, 'These parameters'),
      ...startingValues(state.frozen, source.encoder, settings.seed),
    ]);
  }

  /** Of at most `together` texts. */
  predict(texts: readonly NewText[]): TextPredictions {
    const { labelNames, labelMode } = this.source;
    const encoded = texts.map(({ text, pair }) => this.tokenizer.encode(text, pair, this.settings.maxLength));
    const logits = this.classifier.predict(encoded);
    return {
      probabilities: probabilitiesOf(logits, labelNames.length, labelMode),
      tokens: encoded.map(({ ids }) => ids.length),
    };
  }

  dispose(): void {
    this.classifier.dispose();
  }
}
