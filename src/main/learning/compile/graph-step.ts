/** A step that lives in TensorFlow as one graph, its state in the graph's variables. */

import type * as tf from '@tensorflow/tfjs-core';
import { saysOutOfMemory } from '../../../shared/runs/out-of-memory.ts';
import { GraphSession } from './graph-session.ts';
import { nativeBackend } from './native.ts';
import type { Recording } from './recording.ts';
import { NotExpressible } from './refusal.ts';
import type { CompiledStep, CompileFacts, FeedValue, TensorValues, WriteGraph } from './step.ts';
import { buildStepGraph, type EntryPoint, type GraphLayout, type StateAccess, type StepGraph } from './step-graph.ts';
import { checkValues } from './tensor-specs.ts';

export interface LoadOptions extends Omit<GraphLayout, 'device'> {
  readonly writeGraph: WriteGraph;
  readonly recordMs: number;
  /** Why this graph is second choice; empty where it is not. */
  readonly reasons: readonly string[];
}

type EntryPoints = Pick<StepGraph, 'step' | 'severalSteps' | 'variants' | 'state'>;

/** Of the state, written in one call: TensorFlow holds a second copy of so much while it does. */
const WRITTEN_AT_ONCE_BYTES = 64e6;

export class GraphStep implements CompiledStep {
  readonly facts: CompileFacts;
  readonly stepsPerCall: number;
  private readonly entries: EntryPoints;
  private readonly session: GraphSession;

  private constructor(entries: EntryPoints, session: GraphSession, stepsPerCall: number, facts: CompileFacts) {
    this.entries = entries;
    this.session = session;
    this.stepsPerCall = stepsPerCall;
    this.facts = facts;
  }

  /**
   * Loads the graph, runs it once with the example feeds (whatever TensorFlow or XLA has against it comes out then) and
   * sets the state to its initial values. Throws NotExpressible with TensorFlow's reason.
   */
  static load(
    recording: Recording,
    initialState: readonly tf.Tensor[],
    exampleFeeds: readonly tf.Tensor[],
    options: LoadOptions,
    others: readonly Recording[] = [],
  ): GraphStep {
    const started = performance.now();
    const device = nativeBackend().isUsingGpuDevice ? 'gpu' : 'cpu';
    const { savedModel, operations, constants, ...entries } = buildStepGraph(recording, { ...options, device }, others);
    const session = loadSession(savedModel, options.writeGraph);
    try {
      const state = initialState.map(hostValues);
      writeTensors(session, entries.state, state);
      firstRun(session, entries, options.stepsPerCall, exampleFeeds.map(hostValues));
      writeTensors(session, entries.state, state);
    } catch (error) {
      session.dispose();
      throw error;
    }
    return new GraphStep(entries, session, options.stepsPerCall, {
      ...{ mode: 'compiled', compiler: options.compiler, operations, constants, recordMs: options.recordMs },
      ...(options.reasons.length === 0 ? {} : { reason: options.reasons.join(' ') }),
      graphBytes: savedModel.byteLength,
      loadMs: performance.now() - started,
    });
  }

  run(feeds: readonly FeedValue[]): Float32Array[] {
    return this.fetched(this.entries.step, feeds);
  }

  runSeveral(feeds: readonly FeedValue[]): Float32Array[] {
    return this.fetched(this.entries.severalSteps ?? this.entries.step, feeds);
  }

  /** One step of a further recording. */
  runVariant(index: number, feeds: readonly FeedValue[]): Float32Array[] {
    return this.fetched(this.entries.variants[index]!, feeds);
  }

  readState(first = 0, end = this.entries.state.length): TensorValues[] {
    const read = this.entries.state.slice(first, end);
    if (read.length === 0) return [];
    const fetches = read.map((access) => access.read).join();
    return this.session.run({ feedSpecs: [], feeds: '', fetches, fetchCount: read.length }, []);
  }

  writeState(values: readonly TensorValues[], first = 0, end = this.entries.state.length): void {
    const written = this.entries.state.slice(first, end);
    checkValues(
      'state',
      written.map(({ spec }) => spec),
      values,
    );
    writeTensors(this.session, written, values);
  }

  dispose(): void {
    this.session.dispose();
  }

  private fetched(entry: EntryPoint, feeds: readonly FeedValue[]): Float32Array[] {
    checkValues('feed', entry.feedSpecs, feeds);
    return this.session.run(entry, feeds) as Float32Array[]; // the graph converts every fetch to float32
  }
}

function loadSession(savedModel: Uint8Array, writeGraph: WriteGraph): GraphSession {
  const folder = writeGraph(savedModel);
  try {
    return GraphSession.load(nativeBackend().binding, folder.path);
  } catch (error) {
    throw asInexpressible(error);
  } finally {
    folder.remove();
  }
}

function writeTensors(session: GraphSession, state: readonly StateAccess[], values: readonly TensorValues[]): void {
  for (let first = 0; first < state.length; ) {
    let end = first;
    for (let bytes = 0; end < state.length && (end === first || bytes < WRITTEN_AT_ONCE_BYTES); end++) {
      bytes += values[end]!.byteLength;
    }
    const some = state.slice(first, end);
    const entry = {
      feedSpecs: some.map(({ spec }) => spec),
      feeds: some.map(({ feed }) => feed).join(),
      fetches: some.map(({ written }) => written).join(),
      fetchCount: 0,
    };
    session.run(entry, values.slice(first, end));
    first = end;
  }
}

function firstRun(
  session: GraphSession,
  { step, severalSteps }: EntryPoints,
  stepsPerCall: number,
  exampleFeeds: readonly TensorValues[],
): void {
  try {
    if (severalSteps === undefined) {
      session.run(step, exampleFeeds);
    } else {
      session.run(
        severalSteps,
        exampleFeeds.map((values) => repeated(values, stepsPerCall)),
      );
    }
  } catch (error) {
    throw asInexpressible(error);
  }
}

/**
 * TensorFlow's own sentence, without the binding's preface and without the graph dumps that may follow. Memory that ran
 * out is no reason to go on in another way: the same run would compute other bits on another day.
 */
function asInexpressible(error: unknown): Error {
  if (saysOutOfMemory((error as Error).message)) return error as Error;
  const [firstLine = ''] = (error as Error).message.trim().split('\n');
  return new NotExpressible(
    firstLine.replace(/^(Session fail to run with error|Failed to load SavedModel): /, '').replace(/\.$/, ''),
  );
}

function hostValues(tensor: tf.Tensor): TensorValues {
  return tensor.dataSync() as TensorValues;
}

function repeated(values: TensorValues, times: number): TensorValues {
  const whole = new (values.constructor as new (length: number) => TensorValues)(values.length * times);
  for (let i = 0; i < times; i++) {
    whole.set(values, i * values.length);
  }
  return whole;
}
