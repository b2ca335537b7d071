import { createRandom } from '../../../shared/random/random.ts';
import type { NetworkFineTuneRunConfig } from '../../../shared/run-config/schema.ts';
import type { ExamplePredictions } from '../../../shared/runs/example-predictions.ts';
import type { LabelledExample } from '../../../shared/tasks/example-subsets.ts';
import type { WriteGraph } from '../compile/step.ts';
import { summarizeEpisodes } from '../evaluation/summary.ts';
import type {
  EvaluateHooks,
  EvaluateRequest,
  EvaluationOutcome,
  LearnerFacts,
  LearnerState,
  MetaLearner,
} from '../learner-types.ts';
import { createModel } from '../models/create-model.ts';
import { parameterCount } from '../models/model.ts';
import { type NamedTensor, nameTensors, sizeOfShape, type TensorSpec, valuesInOrder } from '../named-tensor.ts';
import { rateFactor } from '../schedule.ts';
import { type IterationMetrics, NonFiniteLossError } from '../training-metrics.ts';
import {
  batchOf,
  batchSizes,
  epochOrder,
  equalBatches,
  equalSize,
  labelWeights,
  mixed,
  targetsOf,
} from './example-batches.ts';
import { type ExampleInputs, exampleShape, inputsOf } from './example-inputs.ts';
import { isRight, lossOf, probabilitiesOf } from './label-probabilities.ts';
import { type HostStatistics, NetworkClassifier } from './network-classifier.ts';
import { labelNamesOf, type NetworkSource, type StoredExamples } from './network-source.ts';
import { beginningValues, networkOptimizer, networkState } from './network-state.ts';
import type { NetworkParts } from './network-step.ts';
import { stepFacts } from './step-facts.ts';

export interface NetworkFineTunerOptions {
  readonly config: NetworkFineTuneRunConfig;
  readonly source: NetworkSource;
  readonly writeGraph: WriteGraph;
}

/** Examples side by side in a prediction. */
const PREDICTED_TOGETHER = 50;
/** Examples in a batch that is predicted by its own statistics. */
const JUDGED_TOGETHER = 100;
/** Training examples that the statistics of batch norm are taken of. */
const MOST_REFERENCES = 200;

/**
 * Fine-tunes one of the engine's networks on labelled images, rows or clips, behind the verbs of every learner: an iteration is a step
 * on one batch, an evaluation predicts a whole split. Batches and changes of examples follow from seed and iteration alone.
 *
 * Batch norm keeps no running means. A training batch goes by its own statistics. An evaluation of a `transductive` run
 * goes by those of its own examples, in batches of equal size in which classes are mixed, always the same ones; that of an
 * `inductive` run goes by those of the training examples (the first 200 of a fixed order where there are more). New ones
 * always go by the training examples, so that what is said of one does not depend on the others.
 */
export class NetworkFineTuner implements MetaLearner {
  readonly parameterCount: number;
  private readonly options: NetworkFineTunerOptions;
  private readonly parts: NetworkParts;
  private readonly classes: number;
  private readonly inputs: ExampleInputs;
  private readonly classWeights: Float32Array;
  private readonly references: readonly LabelledExample[];
  private classifier: NetworkClassifier | null = null;
  private purpose: 'train' | 'predict' = 'predict';
  /** Values of trained parameters and optimiser slots, as long as no graph holds them. */
  private hostState: readonly Float32Array[];
  private order: { readonly epoch: number; readonly of: readonly LabelledExample[] } | null = null;
  private done = 0;

  constructor(options: NetworkFineTunerOptions) {
    const { config, source } = options;
    const { subsets } = source;
    this.options = options;
    this.classes = labelNamesOf(source).length;
    const model = createModel(config.model, exampleShape(source), this.classes);
    const state = networkState(model.parameters, config.algorithm.trained);
    const optimizer = networkOptimizer(config.outer, state.trained);
    this.parts = { model, layout: state, optimizer, clip: config.outer.clip };
    this.parameterCount = parameterCount(state.trained);
    this.inputs = inputsOf(source, source.kind === 'image-examples' ? source.pixels : source.values);
    this.classWeights = labelWeights(subsets.train, this.classes, config.algorithm.classWeights);
    this.references = mixed(subsets.train, config.seed, 'references').slice(0, MOST_REFERENCES);
    this.hostState = this.initialState();
  }

  get iteration(): number {
    return this.done;
  }

  prepareTraining(): LearnerFacts {
    const { facts } = this.prepared('train').steps;
    return { ...stepFacts(facts, this.parameterCount), multiplyAdds: this.parts.model.multiplyAdds };
  }

  trainCall(): readonly IterationMetrics[] {
    const { config } = this.options;
    const classifier = this.prepared('train');
    const examples = this.nextBatch();
    const iteration = this.done + 1;
    const { task, seed } = config;
    const change = task.kind === 'image-examples' ? { augmentation: task.augmentation, seed, step: this.done } : null;
    const [loss, accuracy, gradientNorm] = classifier.train(examples.length, [
      batchOf(examples, this.inputs, examples.length, change),
      targetsOf(examples, this.classes),
      Float32Array.from(examples, ({ label }) => this.classWeights[label]!),
      Float32Array.of(rateFactor(config.outer, iteration)),
    ]) as [number, number, number];
    if (!Number.isFinite(loss)) throw new NonFiniteLossError(iteration, 1, loss, 'examples');
    this.done = iteration;
    return [{ iteration, loss, accuracy, gradientNorm }];
  }

  async evaluate(request: EvaluateRequest, hooks: EvaluateHooks = {}): Promise<EvaluationOutcome | null> {
    const examples = this.options.source.subsets[request.split];
    if (examples.length === 0) throw new Error(`The run has no ${request.split} examples.`);
    const classifier = this.prepared(this.purpose);
    return this.withParameters(classifier, request.from, () => this.measure(classifier, request.split, hooks));
  }

  /**
   * Probabilities of the classes, [examples, classes], row-major, for examples that are stored as the source's are: uint8
   * [images, height, width, channels], or float32 [examples, ...shape], scaled; with `from`, by these parameters.
   */
  async predict(stored: StoredExamples, from?: readonly NamedTensor[]): Promise<Float32Array> {
    const inputs = inputsOf(this.options.source, stored);
    const count = stored.length / inputs.size;
    const examples = Array.from({ length: count }, (_, example) => ({ example, label: 0 }));
    const classifier = this.prepared(this.purpose);
    return this.withParameters(classifier, from, async () => {
      const statistics = this.referenceStatistics(classifier);
      const result = new Float32Array(count * this.classes);
      for (let first = 0; first < count; first += PREDICTED_TOGETHER) {
        const some = examples.slice(first, first + PREDICTED_TOGETHER);
        const logits = classifier.predictByGiven(batchOf(some, inputs, PREDICTED_TOGETHER, null), statistics);
        const own = logits.subarray(0, some.length * this.classes);
        result.set(probabilitiesOf(own, this.classes, 'single'), first * this.classes);
      }
      return result;
    });
  }

  /** Names of the classes, by label. */
  get labelNames(): readonly string[] {
    return labelNamesOf(this.options.source);
  }

  parameters(): readonly NamedTensor[] {
    const { trained } = this.parts.layout;
    return nameTensors(trained, this.learned().slice(0, trained.length));
  }

  initialParameters(): readonly NamedTensor[] {
    return nameTensors(this.parts.layout.trained, this.initialState());
  }

  state(): LearnerState {
    const random = createRandom(this.options.config.seed, 'fine-tune-order').state(); // batches need none
    return { iteration: this.done, tensors: nameTensors(this.learnedSpecs(), this.learned()), random };
  }

  restore({ iteration, tensors }: LearnerState): void {
    this.hostState = valuesInOrder(this.learnedSpecs(), tensors, 'The checkpoint').map((values) => values.slice());
    if (this.classifier) this.write(this.classifier, this.held(this.purpose));
    this.done = iteration;
  }

  dispose(): void {
    this.classifier?.dispose();
    this.classifier = null;
  }

  /** The graph, with training steps in it from the first time that they are asked for. */
  private prepared(purpose: 'train' | 'predict'): NetworkClassifier {
    if (this.classifier && (purpose === 'predict' || this.purpose === 'train')) return this.classifier;
    this.classifier?.dispose();
    const { config, source, writeGraph } = this.options;
    const { train, validation, test } = source.subsets;
    const judged = this.judgesByOwn() ? [train, validation, test].filter(({ length }) => length > 0) : [];
    const options = {
      parts: this.parts,
      classes: this.classes,
      trainingSizes: purpose === 'train' ? batchSizes(train.length, config.algorithm.batch) : [],
      predictedTogether: PREDICTED_TOGETHER,
      ownSizes: [...new Set(judged.map(({ length }) => equalSize(length, JUDGED_TOGETHER)))],
      referenceSize: this.references.length,
      mode: config.engine.mode === 'eager' ? ('eager' as const) : ('compiled' as const),
      writeGraph,
    };
    const frozen = beginningValues(this.parts.layout.frozen, source.start, this.beginning());
    this.classifier = new NetworkClassifier(options, [...this.held(purpose), ...frozen]);
    this.purpose = purpose;
    return this.classifier;
  }

  private judgesByOwn(): boolean {
    return this.parts.model.batchNorm === 'transductive';
  }

  private referenceStatistics(classifier: NetworkClassifier): HostStatistics {
    return classifier.statistics(batchOf(this.references, this.inputs, this.references.length, null));
  }

  private async measure(
    classifier: NetworkClassifier,
    split: EvaluateRequest['split'],
    { onProgress, shouldStop }: EvaluateHooks,
  ): Promise<EvaluationOutcome | null> {
    const examples = mixed(this.options.source.subsets[split], this.options.config.seed, split);
    const probabilities = new Float32Array(examples.length * this.classes);
    const own = this.judgesByOwn();
    const statistics = own ? [] : this.referenceStatistics(classifier);
    let done = 0;
    for (const batch of equalBatches(examples, own ? JUDGED_TOGETHER : PREDICTED_TOGETHER)) {
      const rows = own ? batch.examples.length : PREDICTED_TOGETHER;
      const inputs = batchOf(batch.examples, this.inputs, rows, null);
      const logits = own ? classifier.predictByOwn(rows, inputs) : classifier.predictByGiven(inputs, statistics);
      const counted = logits.subarray(0, batch.counted * this.classes);
      probabilities.set(probabilitiesOf(counted, this.classes, 'single'), done * this.classes);
      done += batch.counted;
      await onProgress?.(done, examples.length);
      if (shouldStop?.()) return null;
    }
    return this.outcome(examples, probabilities);
  }

  private outcome(examples: readonly LabelledExample[], probabilities: Float32Array): EvaluationOutcome {
    const ofRow = (row: number) => probabilities.subarray(row * this.classes, (row + 1) * this.classes);
    const losses = Float64Array.from(examples, ({ label }, row) => lossOf(ofRow(row), [label], 'single'));
    const hits = Float64Array.from(examples, ({ label }, row) => (isRight(ofRow(row), [label], 'single') ? 1 : 0));
    const predictions: ExamplePredictions = {
      labels: [...this.labelNames],
      labelMode: 'single',
      examples: Int32Array.from(examples, ({ example }) => example),
      truth: Uint8Array.from(targetsOf(examples, this.classes)),
      probabilities: probabilities.slice(),
    };
    return { ...summarizeEpisodes(losses, hits, examples.length), predictions };
  }

  /** Runs `work` with other values of what is trained, if there are any, and puts the own ones back. */
  private async withParameters<Result>(
    classifier: NetworkClassifier,
    parameters: readonly NamedTensor[] | undefined,
    work: () => Promise<Result>,
  ): Promise<Result> {
    if (!parameters) return work();
    const kept = classifier.steps.readState();
    this.write(classifier, valuesInOrder(this.parts.layout.trained, parameters, 'These parameters'));
    try {
      return await work();
    } finally {
      classifier.steps.writeState(kept);
    }
  }

  /** Replaces the first tensors of the graph's state. */
  private write(classifier: NetworkClassifier, values: readonly Float32Array[]): void {
    classifier.steps.writeState([...values, ...classifier.steps.readState().slice(values.length)]);
  }

  private nextBatch(): readonly LabelledExample[] {
    const { config, source } = this.options;
    const { train } = source.subsets;
    const { batch } = config.algorithm;
    const stepsPerEpoch = Math.ceil(train.length / batch);
    const epoch = Math.floor(this.done / stepsPerEpoch);
    if (this.order?.epoch !== epoch) this.order = { epoch, of: epochOrder(train, config.seed, epoch) };
    const first = (this.done % stepsPerEpoch) * batch;
    return this.order.of.slice(first, first + batch);
  }

  private learnedSpecs(): readonly TensorSpec[] {
    const { trained } = this.parts.layout;
    const prefixed = (prefix: string, specs: readonly TensorSpec[]) =>
      specs.map(({ name, shape }) => ({ name: `${prefix}/${name}`, shape }));
    return [...prefixed('parameter', trained), ...prefixed('optimizer', this.parts.optimizer.slots(trained))];
  }

  private learned(): readonly Float32Array[] {
    if (!this.classifier || this.purpose === 'predict') return this.hostState;
    const values = this.classifier.steps.readState().slice(0, this.learnedSpecs().length);
    return values.map((tensor) => tensor.slice() as Float32Array);
  }

  /** What a graph of this purpose holds before the frozen tensors. */
  private held(purpose: 'train' | 'predict'): readonly Float32Array[] {
    return purpose === 'train' ? this.hostState : this.hostState.slice(0, this.parts.layout.trained.length);
  }

  private beginning() {
    const { seed, algorithm } = this.options.config;
    return { seed, startHead: algorithm.startHead };
  }

  private initialState(): Float32Array[] {
    const { layout, optimizer } = this.parts;
    return [
      ...beginningValues(layout.trained, this.options.source.start, this.beginning()),
      ...optimizer.slots(layout.trained).map(({ shape }) => new Float32Array(sizeOfShape(shape))),
    ];
  }
}
