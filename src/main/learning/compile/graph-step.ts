/** A step that lives in TensorFlow as one graph, its state in the graph's variables. */

import type * as tf from '@tensorflow/tfjs-core';
import { GraphSession } from './graph-session.ts';
import { type NativeBinding, nativeBackend } from './native.ts';
import type { Recording, TensorSpec } from './recording.ts';
import { NotExpressible } from './refusal.ts';
import type { CompiledStep, CompileFacts, FeedValue, TensorValues, WriteGraph } from './step.ts';
import { buildStepGraph, type StepGraph } from './step-graph.ts';
import { checkValues } from './tensor-specs.ts';

export interface GraphOptions {
  readonly writeGraph: WriteGraph;
  readonly stepsPerCall: number;
  readonly recordMs: number;
}

export class GraphStep implements CompiledStep {
  readonly facts: CompileFacts;
  readonly stepsPerCall: number;
  private readonly graph: Omit<StepGraph, 'savedModel'>;
  private readonly session: GraphSession;
  private readonly stateSpecs: readonly TensorSpec[];
  private readonly feedSpecs: readonly TensorSpec[];
  private readonly stackedFeedSpecs: readonly TensorSpec[];

  private constructor(
    recording: Recording,
    stepsPerCall: number,
    graph: StepGraph,
    session: GraphSession,
    facts: CompileFacts,
  ) {
    this.stateSpecs = recording.state;
    this.feedSpecs = recording.feeds;
    this.stepsPerCall = stepsPerCall;
    this.stackedFeedSpecs = recording.feeds.map((spec) => ({ ...spec, shape: [stepsPerCall, ...spec.shape] }));
    const { savedModel: _, ...entryPoints } = graph;
    this.graph = entryPoints;
    this.session = session;
    this.facts = facts;
  }

  /** Throws NotExpressible with TensorFlow's reason when it does not accept the graph. */
  static load(recording: Recording, initialState: readonly tf.Tensor[], options: GraphOptions): GraphStep {
    const { writeGraph, stepsPerCall, recordMs } = options;
    const { binding } = nativeBackend();
    const started = performance.now();
    const graph = buildStepGraph(recording, stepsPerCall);
    const session = loadSession(binding, graph, writeGraph);
    const facts: CompileFacts = {
      mode: 'compiled',
      operations: graph.operations,
      constants: graph.constants,
      graphBytes: graph.savedModel.byteLength,
      recordMs,
      loadMs: performance.now() - started,
    };
    const step = new GraphStep(recording, stepsPerCall, graph, session, facts);
    step.writeState(initialState.map((tensor) => tensor.dataSync() as TensorValues));
    return step;
  }

  run(feeds: readonly FeedValue[]): Float32Array[] {
    checkValues('feed', this.feedSpecs, feeds);
    return this.session.run(this.graph.step, this.feedSpecs, feeds) as Float32Array[];
  }

  runSeveral(feeds: readonly FeedValue[]): Float32Array[] {
    if (this.graph.severalSteps === undefined) {
      return this.run(feeds);
    }
    checkValues('feed', this.stackedFeedSpecs, feeds);
    return this.session.run(this.graph.severalSteps, this.stackedFeedSpecs, feeds) as Float32Array[];
  }

  readState(): TensorValues[] {
    return this.stateSpecs.length === 0 ? [] : this.session.run(this.graph.readState, [], []);
  }

  writeState(values: readonly TensorValues[]): void {
    checkValues('state', this.stateSpecs, values);
    this.session.run(this.graph.writeState, this.stateSpecs, values);
  }

  dispose(): void {
    this.session.dispose();
  }
}

function loadSession(binding: NativeBinding, graph: StepGraph, writeGraph: WriteGraph): GraphSession {
  try {
    return GraphSession.load(binding, graph.savedModel, writeGraph);
  } catch (error) {
    throw new NotExpressible(`TensorFlow refused the graph: ${(error as Error).message}`);
  }
}
