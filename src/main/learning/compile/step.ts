/** The words of this room: what a step is, before anyone decides whether it runs eagerly or as one graph. */

import type * as tf from '@tensorflow/tfjs-core';

/** Host values of one tensor, in row-major order; bool tensors are bytes of 0 and 1. */
export type TensorValues = Float32Array | Int32Array | Uint8Array;

/** Values of one feed: float32 -> Float32Array, int32 -> Int32Array, bool -> Uint8Array; the shape is the recording's. */
export type FeedValue = TensorValues;

/**
 * One training step as a pure function of tensors: state in, state out.
 * The new state has the shapes, dtypes and order of the old one. Fetches are what the caller reads (losses, accuracies).
 * No value may be read on the host, and no random tensor made in JavaScript: both would be frozen into the graph.
 */
export type StepFunction = (state: readonly tf.Tensor[], feeds: readonly tf.Tensor[]) => StepResult;

export interface StepResult {
  readonly state: readonly tf.Tensor[];
  readonly fetches: readonly tf.Tensor[];
  /** Changes of state tensors that are returned unchanged, one after another; `compileVariants` alone takes them. */
  readonly inPlace?: readonly InPlaceUpdate<tf.Tensor>[];
}

/**
 * A change that a graph makes within the memory of its variables, in one pass and with no second copy of them: large
 * models need it. `parameter`, the moments and `state` are places in the state; `keep`, `rate` and `epsilon` scalars.
 */
export type InPlaceUpdate<Value> =
  | {
      /** Adam after p <- keep p: m <- m + (1 - beta1) (g - m), v likewise of g^2, p <- p - rate m / (sqrt(v) + epsilon). */
      readonly kind: 'adam';
      readonly parameter: number;
      readonly firstMoment: number;
      readonly secondMoment: number;
      readonly beta1: number;
      readonly beta2: number;
      readonly gradient: Value;
      readonly keep: Value | null;
      readonly rate: Value;
      readonly epsilon: Value;
    }
  | { readonly kind: 'add'; readonly state: number; readonly value: Value };

/** A function of state and feeds that changes no state, such as an evaluation; same rules as a StepFunction. */
export type PureFunction = (state: readonly tf.Tensor[], feeds: readonly tf.Tensor[]) => readonly tf.Tensor[];

/** A folder that holds one SavedModel until it has been loaded. */
export interface GraphFolder {
  readonly path: string;
  /** Deletes the folder; called once the graph is loaded, also when loading failed. */
  remove(): void;
}

/** Writes the bytes of a `saved_model.pb` into a new folder. */
export type WriteGraph = (savedModel: Uint8Array) => GraphFolder;

export type GraphCompiler = 'tensorflow' | 'xla';

export interface CompileOptions {
  readonly writeGraph: WriteGraph;
  /** 'eager' runs the same function op by op: the reference, and the way out when a graph cannot express the step. */
  readonly mode: 'compiled' | 'eager';
  /**
   * Who turns the graph into machine code: TensorFlow's own kernels (the default), or XLA, which fuses the whole step.
   * On CPUs XLA pays on small dense networks and not on convolutions.
   */
  readonly compiler?: GraphCompiler;
  /** Steps that one `runSeveral` performs in one native call; 1 (the default) leaves it out. */
  readonly stepsPerCall?: number;
}

/** What became of a step, to be shown with its timings. */
export interface CompileFacts {
  readonly mode: 'compiled' | 'eager';
  /** Absent for an eager step. */
  readonly compiler?: GraphCompiler;
  /** Why the step runs eagerly, or without XLA, although more was asked for. */
  readonly reason?: string;
  /** Operations in the graph, without constants; of one step. */
  readonly operations: number;
  readonly constants: number;
  readonly graphBytes: number;
  readonly recordMs: number;
  /** From the recording to a step that is ready to run, the first run with the example feeds included. */
  readonly loadMs: number;
}

/** A step bound to its own state. */
export interface CompiledStep {
  /** One step: feeds as in the recording; returns the fetches as float32, in order (int32 and bool are converted). */
  run(feeds: readonly FeedValue[]): Float32Array[];
  /**
   * `stepsPerCall` steps in one native call: each feed carries the values of all steps one after another
   * ([steps, ...shape]), each fetch likewise.
   */
  runSeveral(feeds: readonly FeedValue[]): Float32Array[];
  readonly stepsPerCall: number;
  /** The state's values, exact to the bit, for checkpoints and evaluation. */
  readState(): TensorValues[];
  /** Replaces the whole state; the values are copied. */
  writeState(values: readonly TensorValues[]): void;
  readonly facts: CompileFacts;
  /** Gives back the graph and the state. The step must not be used afterwards. */
  dispose(): void;
}

/** A pure function bound to a copy of some state, which it reads and never changes. */
export interface CompiledFunction {
  run(feeds: readonly FeedValue[]): Float32Array[];
  writeState(values: readonly TensorValues[]): void;
  readonly facts: CompileFacts;
  dispose(): void;
}
