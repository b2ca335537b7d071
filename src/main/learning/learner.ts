import { createRandom, type RandomState, randomFromState } from '../../shared/random/random.ts';
import { adviseXla } from '../../shared/run-config/xla-advice.ts';
import type { Algorithm } from './algorithms/algorithm.ts';
import { createAlgorithm } from './algorithms/registry.ts';
import { registerSecondOrderGradients } from './autodiff/second-order-gradients.ts';
import { stepsPerCall } from './call-schedule.ts';
import { type ChosenLayout, chooseLayout } from './choose-layout.ts';
import type { CompileOptions } from './compile/compiled-step.ts';
import { createProblem } from './create-problem.ts';
import { Evaluator } from './evaluation/evaluator.ts';
import type {
  EvaluateHooks,
  EvaluateRequest,
  EvaluationOutcome,
  LearnerFacts,
  LearnerState,
  MetaLearner,
  MetaLearnerOptions,
} from './learner-types.ts';
import type { MetaStepParts } from './meta-step.ts';
import { type ParameterSpec, parameterCount } from './models/model.ts';
import { type NamedTensor, nameTensors, sizeOfShape, type TensorSpec, valuesInOrder } from './named-tensor.ts';
import { optimizers } from './optimizers/registry.ts';
import { stepSchedule } from './schedule.ts';
import { accumulates } from './task-layout.ts';
import { createTaskSampler, createTrainingSampler, taskShape, trainingShape } from './tasks/create-task-sampler.ts';
import type { TaskSampler } from './tasks/task-batch.ts';
import type { EpisodeSplit } from './tasks/task-source.ts';
import type { IterationMetrics } from './training-metrics.ts';
import { TrainingSession } from './training-session.ts';

/** The MetaLearner of one config: state on the host until the training step is recorded, in its graph from then on. */
export class Learner implements MetaLearner {
  readonly parameterCount: number;
  private readonly options: MetaLearnerOptions;
  private readonly meta: MetaStepParts;
  private readonly chosen: ChosenLayout;
  private readonly metaSpecs: readonly ParameterSpec[];
  /** Meta-parameters `parameter/...`, then optimiser slots `optimizer/...`. */
  private readonly stateSpecs: readonly TensorSpec[];
  private readonly evaluator: Evaluator;
  private readonly samplers = new Map<EpisodeSplit, TaskSampler>();
  private session: TrainingSession | null = null;
  private hostState: readonly Float32Array[];
  private hostRandom: RandomState;
  private done = 0;

  constructor(options: MetaLearnerOptions) {
    registerSecondOrderGradients();
    const { config } = options;
    this.options = options;
    const algorithm: Algorithm = createAlgorithm(config.algorithm);
    const shape = taskShape(config.task, options.source);
    const trained = trainingShape(config, options.source);
    const problem = createProblem(config, shape, trained);
    this.chosen = chooseLayout(config, problem.model, trained);
    const optimizer = optimizers[config.outer.optimizer](config.outer);
    const schedule = stepSchedule(config.outer, algorithm.schedule?.(problem) ?? null);
    this.meta = { algorithm, problem, optimizer, clip: config.outer.clip, layout: this.chosen.layout, schedule };
    this.metaSpecs = algorithm.metaParameters(problem);
    this.parameterCount = parameterCount(this.metaSpecs);
    this.stateSpecs = [
      ...prefixed('parameter', this.metaSpecs),
      ...prefixed('optimizer', optimizer.slots(this.metaSpecs)),
    ];
    this.hostState = this.initialState();
    this.hostRandom = createRandom(config.seed, 'train-tasks').state();
    this.evaluator = new Evaluator({
      algorithm,
      problem,
      batching: this.chosen.layout.batching,
      episodesPerCall: this.chosen.episodesPerCall,
      compile: this.compileOptions(),
    });
  }

  get iteration(): number {
    return this.done;
  }

  prepareTraining(): LearnerFacts {
    const { facts } = this.preparedSession();
    const { layout, reason } = this.chosen;
    const reasons = [facts.reason, reason].filter((text) => text !== undefined && text !== null);
    return {
      mode: facts.mode,
      xla: facts.compiler === 'xla' ? 'on' : 'off',
      reason: reasons.length > 0 ? reasons.join(' ') : null,
      taskBatching: layout.batching,
      stepsPerCall: this.stepsPerCall(),
      operations: facts.operations,
      recordMs: facts.recordMs + facts.loadMs,
      parameters: this.parameterCount,
      multiplyAdds: this.meta.problem.model.multiplyAdds,
    };
  }

  trainCall(): readonly IterationMetrics[] {
    const { iterations } = this.options.config.outer;
    if (this.done >= iterations) throw new Error(`All ${iterations} meta-iterations are done.`);
    const metrics = this.preparedSession().next(this.done);
    this.done += metrics.length;
    return metrics;
  }

  async evaluate(request: EvaluateRequest, hooks?: EvaluateHooks): Promise<EvaluationOutcome | null> {
    const from = request.from ?? this.parameters();
    const meta = valuesInOrder(this.metaSpecs, from, 'These parameters');
    return this.evaluator.evaluate(meta, this.evaluationSampler(request.split), request, hooks);
  }

  parameters(): readonly NamedTensor[] {
    const values = this.stateValues().slice(0, this.metaSpecs.length);
    return nameTensors(
      this.metaSpecs,
      values.map((tensor) => tensor.slice()),
    );
  }

  initialParameters(): readonly NamedTensor[] {
    return nameTensors(this.metaSpecs, this.initialState());
  }

  state(): LearnerState {
    const values = this.stateValues().map((tensor) => tensor.slice());
    const random = this.session?.randomState() ?? this.hostRandom;
    return { iteration: this.done, tensors: nameTensors(this.stateSpecs, values), random };
  }

  restore({ iteration, tensors, random }: LearnerState): void {
    const values = valuesInOrder(this.stateSpecs, tensors, 'The checkpoint');
    this.hostState = values.map((tensor) => tensor.slice());
    this.hostRandom = random;
    this.session?.writeState(this.hostState, random);
    this.done = iteration;
  }

  dispose(): void {
    this.session?.dispose();
    this.session = null;
    this.evaluator.dispose();
  }

  private preparedSession(): TrainingSession {
    if (this.session) return this.session;
    const { config, source } = this.options;
    this.checkEvaluationSplits();
    this.session = new TrainingSession(
      {
        meta: this.meta,
        sampler: createTrainingSampler(source, config),
        random: randomFromState(this.hostRandom),
        iterations: config.outer.iterations,
        stepsPerCall: this.stepsPerCall(),
        compile: { ...this.compileOptions(), compiler: adviseXla(config) === 'on' ? 'xla' : 'tensorflow' },
      },
      this.hostState,
    );
    return this.session;
  }

  /** A split that is too small for its episodes is found now, not at the end of the run. */
  private checkEvaluationSplits(): void {
    const { every, finalSplit } = this.options.config.evaluation;
    if (every > 0) this.evaluationSampler('validation');
    if (finalSplit !== 'none') this.evaluationSampler(finalSplit);
  }

  private stepsPerCall(): number {
    return accumulates(this.chosen.layout) ? 1 : stepsPerCall(this.options.config, this.chosen.suits);
  }

  private compileOptions(): Omit<CompileOptions, 'stepsPerCall'> {
    const { config, writeGraph } = this.options;
    return { mode: config.engine.mode === 'eager' ? 'eager' : 'compiled', writeGraph };
  }

  private stateValues(): readonly Float32Array[] {
    return this.session?.readState() ?? this.hostState;
  }

  /** Each parameter from a stream of its own name, so that another layer more changes none of the others. */
  private initialState(): Float32Array[] {
    const random = createRandom(this.options.config.seed, 'initialization');
    const slots = this.stateSpecs.slice(this.metaSpecs.length);
    return [
      ...this.metaSpecs.map(({ name, shape, initialize }) => initialize(shape, random.stream(name))),
      ...slots.map(({ shape }) => new Float32Array(sizeOfShape(shape))),
    ];
  }

  private evaluationSampler(split: EpisodeSplit): TaskSampler {
    const { config, source } = this.options;
    const sampler = this.samplers.get(split) ?? createTaskSampler(source, config.task, split, 'none');
    this.samplers.set(split, sampler);
    return sampler;
  }
}

const prefixed = (prefix: string, specs: readonly TensorSpec[]): TensorSpec[] =>
  specs.map(({ name, shape }) => ({ name: `${prefix}/${name}`, shape }));
