import { createRandom } from '../../../shared/random/random.ts';
import type { ExamplePredictions } from '../../../shared/runs/example-predictions.ts';
import type { WriteGraph } from '../compile/step.ts';
import type { TokenizedText } from '../encoder/tokenizer.ts';
import { summarizeEpisodes } from '../evaluation/summary.ts';
import type {
  EvaluateHooks,
  EvaluateRequest,
  EvaluationOutcome,
  LearnerFacts,
  LearnerState,
  MetaLearner,
} from '../learner-types.ts';
import { parameterCount } from '../models/model.ts';
import { type NamedTensor, nameTensors, type TensorSpec, valuesInOrder } from '../named-tensor.ts';
import { rateFactor } from '../schedule.ts';
import type { EpisodeSplit } from '../tasks/task-source.ts';
import { type IterationMetrics, NonFiniteLossError } from '../training-metrics.ts';
import { type ClassifierState, classifierState, encoderOf, startingValues } from './classifier-state.ts';
import { fineTuneOptimizer, type StepParts } from './fine-tune-step.ts';
import { isRight, lossOf, probabilitiesOf } from './label-probabilities.ts';
import type { FineTuneSettings } from './settings.ts';
import { stateLayout } from './state-layout.ts';
import { stepFacts } from './step-facts.ts';
import { batchesByLength, epochBatches, paddedLength, textFeeds } from './text-batches.ts';
import { PREDICTED_TOGETHER, TextClassifier, zerosFor } from './text-classifier.ts';
import type { TextSource } from './text-source.ts';

export interface FineTunerOptions {
  readonly settings: FineTuneSettings;
  readonly source: TextSource;
  readonly writeGraph: WriteGraph;
}

const SPLIT_CODES: Readonly<Record<EpisodeSplit, number>> = { train: 0, validation: 1, test: 2 };

/**
 * Fine-tunes an encoder on labelled texts (Devlin 2019, section 4.1), behind the verbs of every learner: an iteration is
 * a step on one batch, an evaluation predicts a whole split. Batches follow from seed and iteration alone.
 */
export class FineTuner implements MetaLearner {
  readonly parameterCount: number;
  private readonly options: FineTunerOptions;
  private readonly layout: ClassifierState;
  private readonly parts: StepParts;
  private readonly tokenized: readonly TokenizedText[];
  private readonly lengths: readonly number[];
  /** Positions of each split's examples. */
  private readonly examples: Readonly<Record<EpisodeSplit, readonly number[]>>;
  private readonly classWeights: Float32Array;
  private classifier: TextClassifier | null = null;
  private purpose: 'train' | 'predict' = 'predict';
  /** Values of trained parameters and optimiser slots from elsewhere, as long as no graph holds them. */
  private restored: readonly Float32Array[] | null = null;
  private steps: { readonly epoch: number; readonly examples: readonly (readonly number[])[] } | null = null;
  private done = 0;

  constructor(options: FineTunerOptions) {
    const { settings, source } = options;
    this.options = options;
    this.layout = classifierState(source, settings);
    this.parts = {
      config: encoderOf(source, settings),
      state: this.layout,
      optimizer: fineTuneOptimizer(settings, this.layout),
      settings,
      labelMode: source.labelMode,
    };
    this.parameterCount = parameterCount(this.layout.trained);
    const { tokenizer } = source.encoder;
    this.tokenized = source.texts.map((text, i) =>
      tokenizer.encode(text, source.pairs[i] ?? undefined, settings.maxLength),
    );
    this.lengths = this.tokenized.map(({ ids }) => ids.length);
    this.examples = {
      train: examplesOf(source, 'train'),
      validation: examplesOf(source, 'validation'),
      test: examplesOf(source, 'test'),
    };
    this.classWeights = weightsOfClasses(source, settings);
  }

  get iteration(): number {
    return this.done;
  }

  get stepsPerEpoch(): number {
    return Math.ceil(this.examples.train.length / this.examplesPerStep);
  }

  prepareTraining(): LearnerFacts {
    return stepFacts(this.prepared('train').steps.facts, this.parameterCount);
  }

  trainCall(): readonly IterationMetrics[] {
    const { settings } = this.options;
    const classifier = this.prepared('train');
    const examples = this.nextExamples();
    const iteration = this.done + 1;
    const factor = Float32Array.of(rateFactor(settings.outer, iteration));
    const metrics =
      settings.accumulate === 1
        ? this.wholeStep(classifier, examples, factor, iteration)
        : this.stepOfParts(classifier, examples, factor, iteration);
    if (!Number.isFinite(metrics.loss)) throw new NonFiniteLossError(iteration, 1, metrics.loss, 'examples');
    this.done = iteration;
    return [{ iteration, ...metrics }];
  }

  private wholeStep(classifier: TextClassifier, examples: readonly number[], factor: Float32Array, iteration: number) {
    const { length, feeds } = this.labelledFeeds(examples);
    const seed = Int32Array.of(this.options.settings.seed, iteration);
    const [loss, accuracy, gradientNorm] = classifier.train(length, [...feeds, factor, seed]) as [
      number,
      number,
      number,
    ];
    return { loss, accuracy, gradientNorm };
  }

  /** Loss and gradient are means over all batches of the step by the weights of their texts, as of one large batch. */
  private stepOfParts(
    classifier: TextClassifier,
    examples: readonly number[],
    factor: Float32Array,
    iteration: number,
  ) {
    const { seed, batch, accumulate } = this.options.settings;
    const all = Float32Array.of(examples.reduce((sum, example) => sum + this.weightOf(example), 0));
    let [loss, hits] = [0, 0];
    for (let first = 0, part = 1; first < examples.length; first += batch, part++) {
      const { length, feeds } = this.labelledFeeds(examples.slice(first, first + batch));
      const partSeed = Int32Array.of(seed, (iteration - 1) * accumulate + part);
      const [share, right] = classifier.train(length, [...feeds, all, partSeed]) as [number, number];
      loss += share;
      hits += right;
    }
    return { loss, accuracy: hits / examples.length, gradientNorm: classifier.stepBySums(factor) };
  }

  /** Texts, targets and weights of a batch. */
  private labelledFeeds(examples: readonly number[]) {
    const { settings, source } = this.options;
    const rows = settings.batch;
    const length = this.paddedLengthOf(examples);
    const outputs = source.labelNames.length;
    const targets = new Float32Array(rows * outputs);
    const weights = new Float32Array(rows);
    examples.forEach((example, row) => {
      for (const label of source.labels[example]!) targets[row * outputs + label] = 1;
      weights[row] = this.weightOf(example);
    });
    const texts = examples.map((example) => this.tokenized[example]!);
    const ofTexts = textFeeds(texts, { rows, length, padId: this.parts.config.padTokenId });
    return { length, feeds: [...ofTexts, targets, weights] };
  }

  private weightOf = (example: number): number => this.classWeights[this.options.source.labels[example]![0] ?? 0]!;

  async evaluate(request: EvaluateRequest, hooks: EvaluateHooks = {}): Promise<EvaluationOutcome | null> {
    const examples = this.examples[request.split];
    if (examples.length === 0) throw new Error(`The dataset has no texts in its ${request.split} split.`);
    const classifier = this.prepared(this.purpose);
    if (!request.from) return this.measure(classifier, examples, hooks);
    const trained = this.layout.trained.length;
    const kept = classifier.steps.readState(0, trained);
    this.write(classifier, request.from);
    try {
      return await this.measure(classifier, examples, hooks);
    } finally {
      classifier.steps.writeState(kept, 0, trained);
    }
  }

  parameters(): readonly NamedTensor[] {
    return nameTensors(this.layout.trained, this.learned(this.layout.trained.length));
  }

  initialParameters(): readonly NamedTensor[] {
    const { source, settings } = this.options;
    return nameTensors(this.layout.trained, startingValues(this.layout.trained, source.encoder, settings.seed));
  }

  state(): LearnerState {
    const random = createRandom(this.options.settings.seed, 'fine-tune-order').state(); // batches need none
    return {
      iteration: this.done,
      tensors: nameTensors(this.learnedSpecs(), this.learned(this.learnedSpecs().length)),
      random,
    };
  }

  restore({ iteration, tensors }: LearnerState): void {
    const values = valuesInOrder(this.learnedSpecs(), tensors, 'The checkpoint');
    const held = this.purpose === 'train' ? values.length : this.layout.trained.length;
    this.classifier?.steps.writeState(values.slice(0, held), 0, held);
    const isHeld = this.classifier !== null && this.purpose === 'train';
    this.restored = isHeld ? null : values.map((tensor) => tensor.slice());
    this.done = iteration;
  }

  dispose(): void {
    this.classifier?.dispose();
    this.classifier = null;
  }

  /** The graph, with training steps in it from the first time that they are asked for. */
  private prepared(purpose: 'train' | 'predict'): TextClassifier {
    if (this.classifier && (purpose === 'predict' || this.purpose === 'train')) return this.classifier;
    this.classifier?.dispose();
    this.classifier = null;
    const { settings, writeGraph } = this.options;
    const predicted = [settings.maxLength, ...this.evaluatedLengths()];
    const options = {
      parts: this.parts,
      trainingLengths: purpose === 'train' ? this.trainingLengths() : [],
      predictionLengths: [...new Set(predicted)].sort((a, b) => a - b),
      writeGraph,
    };
    this.classifier = new TextClassifier(options, this.startOf(purpose));
    this.purpose = purpose;
    if (purpose === 'train') this.restored = null; // the graph holds it
    return this.classifier;
  }

  /** Values of a new graph's whole state; they are read or drawn anew, so that nobody keeps them besides the graph. */
  private startOf(purpose: 'train' | 'predict'): readonly Float32Array[] {
    const { source, settings } = this.options;
    const { specs, trained, firstFrozen } = stateLayout(this.parts, purpose);
    const learned = this.learned(purpose === 'train' ? this.learnedSpecs().length : trained);
    const sums = zerosFor(specs.slice(learned.length, firstFrozen));
    return [...learned, ...sums, ...startingValues(this.layout.frozen, source.encoder, settings.seed)];
  }

  /** Puts other values of what is trained into the graph. */
  private write(classifier: TextClassifier, parameters: readonly NamedTensor[]): void {
    const { trained } = this.layout;
    classifier.steps.writeState(valuesInOrder(trained, parameters, 'These parameters'), 0, trained.length);
  }

  private trainingLengths(): readonly number[] {
    const { epochs, batch } = this.options.settings;
    const lengths = new Set<number>();
    for (let epoch = 0; epoch < epochs; epoch++) {
      for (const examples of this.stepsOf(epoch)) {
        for (let first = 0; first < examples.length; first += batch) {
          lengths.add(this.paddedLengthOf(examples.slice(first, first + batch)));
        }
      }
    }
    return [...lengths].sort((a, b) => a - b);
  }

  private evaluatedLengths(): readonly number[] {
    const evaluated = [...this.examples.validation, ...this.examples.test];
    return evaluated.map((example) => paddedLength(this.lengths[example]!, this.options.settings.maxLength));
  }

  private paddedLengthOf(examples: readonly number[]): number {
    const longest = Math.max(...examples.map((example) => this.lengths[example]!));
    return paddedLength(longest, this.options.settings.maxLength);
  }

  private nextExamples(): readonly number[] {
    const epoch = Math.floor(this.done / this.stepsPerEpoch);
    if (this.steps?.epoch !== epoch) this.steps = { epoch, examples: this.stepsOf(epoch) };
    return this.steps.examples[this.done % this.stepsPerEpoch]!;
  }

  private get examplesPerStep(): number {
    const { batch, accumulate } = this.options.settings;
    return batch * accumulate;
  }

  /** The examples of each step of an epoch. */
  private stepsOf(epoch: number) {
    const { seed } = this.options.settings;
    return epochBatches(this.examples.train, this.lengths, { seed, batch: this.examplesPerStep, epoch });
  }

  private async measure(
    classifier: TextClassifier,
    examples: readonly number[],
    { onProgress, shouldStop }: EvaluateHooks,
  ): Promise<EvaluationOutcome | null> {
    const { source } = this.options;
    const outputs = source.labelNames.length;
    const places = new Map(examples.map((example, place) => [example, place]));
    const probabilities = new Float32Array(examples.length * outputs);
    let done = 0;
    for (const batch of batchesByLength(examples, this.lengths, PREDICTED_TOGETHER)) {
      const logits = classifier.predict(batch.map((example) => this.tokenized[example]!));
      const said = probabilitiesOf(logits, outputs, source.labelMode);
      batch.forEach((example, row) => {
        probabilities.set(said.subarray(row * outputs, (row + 1) * outputs), places.get(example)! * outputs);
      });
      done += batch.length;
      await onProgress?.(done, examples.length);
      if (shouldStop?.()) return null;
    }
    const losses = new Float64Array(examples.length);
    const hits = new Float64Array(examples.length);
    examples.forEach((example, place) => {
      const own = probabilities.subarray(place * outputs, (place + 1) * outputs);
      losses[place] = lossOf(own, source.labels[example]!, source.labelMode);
      hits[place] = isRight(own, source.labels[example]!, source.labelMode) ? 1 : 0;
    });
    const outcome = summarizeEpisodes(losses, hits, examples.length);
    const predictions: ExamplePredictions = {
      labels: source.labelNames,
      labelMode: source.labelMode,
      examples: Int32Array.from(examples),
      truth: truthOf(source, examples),
      probabilities,
    };
    return { ...outcome, predictions };
  }

  private learnedSpecs(): readonly TensorSpec[] {
    const { trained } = this.layout;
    const prefixed = (prefix: string, specs: readonly TensorSpec[]) =>
      specs.map(({ name, shape }) => ({ name: `${prefix}/${name}`, shape }));
    return [...prefixed('parameter', trained), ...prefixed('optimizer', this.parts.optimizer.slots(trained))];
  }

  /** The first so many of the values of trained parameters and slots. */
  private learned(count: number): readonly Float32Array[] {
    if (this.classifier && this.purpose === 'train') return this.classifier.steps.readState(0, count) as Float32Array[];
    if (this.restored) return this.restored.slice(0, count);
    const { settings, source } = this.options;
    const { trained } = this.layout;
    const slots = zerosFor(this.parts.optimizer.slots(trained));
    return [...startingValues(trained, source.encoder, settings.seed), ...slots].slice(0, count);
  }
}

function examplesOf({ splits }: TextSource, split: EpisodeSplit): number[] {
  const found: number[] = [];
  splits.forEach((code, example) => {
    if (code === SPLIT_CODES[split]) found.push(example);
  });
  return found;
}

/** [examples, labels], row-major: 1 where an example has the label. */
function truthOf({ labels, labelNames }: TextSource, examples: readonly number[]): Uint8Array<ArrayBuffer> {
  const truth = new Uint8Array(examples.length * labelNames.length);
  examples.forEach((example, row) => {
    for (const label of labels[example]!) truth[row * labelNames.length + label] = 1;
  });
  return truth;
}

/** How much an example of each class counts: 1, or what makes classes count alike and their mean 1. */
function weightsOfClasses({ labels, labelNames, labelMode, splits }: TextSource, settings: FineTuneSettings) {
  const weights = new Float32Array(labelNames.length).fill(1);
  if (settings.classWeights === 'off' || labelMode === 'multi') return weights;
  const counts = labelNames.map(() => 0);
  labels.forEach(([label], example) => {
    if (splits[example] === SPLIT_CODES.train && label !== undefined) counts[label]!++;
  });
  const all = counts.reduce((sum, count) => sum + count, 0);
  return weights.map((_, label) => (counts[label] ? all / (labelNames.length * counts[label]) : 1));
}
