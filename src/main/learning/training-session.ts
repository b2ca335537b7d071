import * as tf from '@tensorflow/tfjs-core';
import { type Random, type RandomState, randomFromState } from '../../shared/random/random.ts';
import { mean } from '../../shared/statistics/descriptive.ts';
import { stepsOfNextCall } from './call-schedule.ts';
import { type CompiledStep, type CompileFacts, type CompileOptions, compileStep } from './compile/compiled-step.ts';
import { createMetaStep, type MetaStepParts, metaStepState } from './meta-step.ts';
import { sizeOfShape } from './named-tensor.ts';
import { accumulates } from './task-layout.ts';
import { exampleFeeds } from './tasks/example-feeds.ts';
import { createTaskBatch, feedsOf, firstTasks, type TaskBatch, type TaskSampler } from './tasks/task-batch.ts';
import { type IterationMetrics, NonFiniteLossError } from './training-metrics.ts';

export interface SessionParts {
  readonly meta: MetaStepParts;
  readonly sampler: TaskSampler;
  /** Stream of the training tasks; the session draws from it. */
  readonly random: Random;
  readonly iterations: number;
  readonly stepsPerCall: number;
  readonly compile: Omit<CompileOptions, 'stepsPerCall'>;
}

/** A recorded meta-step with its state, its stream of tasks and the memory they are drawn into. */
export class TrainingSession {
  readonly facts: CompileFacts;
  private readonly parts: SessionParts;
  private readonly step: CompiledStep;
  private readonly batch: TaskBatch;
  private readonly single: TaskBatch;
  private readonly sums: readonly Float32Array[];
  private random: Random;

  /** `state`: values of meta-parameters and optimiser slots. */
  constructor(parts: SessionParts, state: readonly Float32Array[]) {
    const { meta, sampler, stepsPerCall } = parts;
    const { tasksPerStep } = meta.layout;
    const specs = metaStepState(meta);
    this.parts = parts;
    this.random = parts.random;
    this.sums = specs.slice(state.length).map(({ shape }) => new Float32Array(sizeOfShape(shape)));
    this.batch = createTaskBatch(sampler.shape, tasksPerStep * stepsPerCall);
    this.single = firstTasks(this.batch, tasksPerStep, tasksPerStep * stepsPerCall);
    const initial = [...state, ...this.sums].map((values, i) => tf.tensor(values, [...specs[i]!.shape]));
    const feeds = stepFeeds(parts);
    try {
      this.step = compileStep(createMetaStep(meta), initial, feeds, { ...parts.compile, stepsPerCall });
    } finally {
      tf.dispose([...initial, ...feeds]);
    }
    this.facts = this.step.facts;
  }

  /** Runs the iterations that follow `iteration`: as many as one call takes there. */
  next(iteration: number): IterationMetrics[] {
    const { stepsPerCall, iterations, meta } = this.parts;
    if (accumulates(meta.layout)) return [this.oneInShares(iteration)];
    const steps = stepsOfNextCall(iteration, stepsPerCall, iterations);
    this.draw(steps * meta.layout.tasksPerStep);
    const scheduled = this.scheduled(iteration, steps);
    const fetches =
      steps === 1
        ? this.step.run([...feedsOf(this.single), ...scheduled])
        : this.step.runSeveral([...feedsOf(this.batch), ...scheduled]);
    return Array.from({ length: steps }, (_, i) =>
      this.metricsOf(
        iteration + 1 + i,
        fetches.map((values) => part(values, i, steps)),
      ),
    );
  }

  /** Values of meta-parameters and optimiser slots. Between iterations the gradient sums are zero. */
  readState(): Float32Array[] {
    const values = this.step.readState() as Float32Array[];
    return values.slice(0, values.length - this.sums.length);
  }

  writeState(state: readonly Float32Array[], random: RandomState): void {
    this.step.writeState([...state, ...this.sums]);
    this.random = randomFromState(random);
  }

  randomState(): RandomState {
    return this.random.state();
  }

  dispose(): void {
    this.step.dispose();
  }

  private oneInShares(iteration: number): IterationMetrics {
    const { metaBatch, tasksPerStep } = this.parts.meta.layout;
    const shares = metaBatch / tasksPerStep;
    const fetches: Float32Array[][] = [];
    for (let share = 0; share < shares; share++) {
      this.draw(tasksPerStep);
      const updates = Float32Array.of(share === shares - 1 ? 1 : 0);
      fetches.push(this.step.run([...feedsOf(this.batch), ...this.scheduled(iteration, 1), updates]));
    }
    const norm = fetches.at(-1)!.at(-1)!;
    const measures = fetches[0]!.slice(0, -1).map((_, i) => concatenate(fetches.map((own) => own[i]!)));
    return this.metricsOf(iteration + 1, [...measures, norm]);
  }

  /** The feed of the schedule for the iterations that follow `iteration`, if there is one. */
  private scheduled(iteration: number, steps: number): Float32Array[] {
    const { schedule } = this.parts.meta;
    if (!schedule) return [];
    return [Float32Array.from(Array.from({ length: steps }, (_, i) => schedule.at(iteration + 1 + i)).flat())];
  }

  private draw(tasks: number): void {
    for (let i = 0; i < tasks; i++) this.parts.sampler.drawInto(this.batch, i, this.random);
  }

  /** `fetches`: losses [tasks], accuracies [tasks] for classification, norm [1]. */
  private metricsOf(iteration: number, fetches: readonly Float32Array[]): IterationMetrics {
    const losses = fetches[0]!;
    const broken = losses.findIndex((loss) => !Number.isFinite(loss));
    if (broken >= 0) throw new NonFiniteLossError(iteration, broken + 1, losses[broken]!);
    return {
      iteration,
      loss: mean(losses),
      accuracy: fetches.length === 3 ? mean(fetches[1]!) : null,
      gradientNorm: fetches.at(-1)![0]!,
    };
  }
}

/** Feeds as a step takes them: their shapes count, not their values. */
function stepFeeds({ meta, sampler }: SessionParts): tf.Tensor[] {
  const feeds = exampleFeeds(sampler.shape, meta.problem.model.inputShape, meta.layout.tasksPerStep);
  if (meta.schedule) feeds.push(tf.zeros([meta.schedule.length]));
  return accumulates(meta.layout) ? [...feeds, tf.scalar(0)] : feeds;
}

function part(values: Float32Array, index: number, parts: number): Float32Array {
  const size = values.length / parts;
  return values.subarray(index * size, (index + 1) * size);
}

function concatenate(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((length, values) => length + values.length, 0));
  let offset = 0;
  for (const values of parts) {
    whole.set(values, offset);
    offset += values.length;
  }
  return whole;
}
