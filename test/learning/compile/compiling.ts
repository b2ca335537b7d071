/** Compiles workloads for tests and counts what is left behind. */

import * as tf from '@tensorflow/tfjs-core';
import {
  type CompiledStep,
  type CompileOptions,
  compileStep,
} from '../../../src/main/learning/compile/compiled-step.ts';
import { nativeBackend } from '../../../src/main/learning/compile/native.ts';
import { writeGraphFolder } from '../../../src/main/trainer/graph-folder.ts';
import { tensors, type Workload } from './training-steps.ts';

export const compiled = { mode: 'compiled', writeGraph: writeGraphFolder } as const;
export const eager = { mode: 'eager', writeGraph: writeGraphFolder } as const;
export const withXla = { mode: 'compiled', compiler: 'xla', writeGraph: writeGraphFolder } as const;

export function compileWorkload(workload: Workload, options: CompileOptions): CompiledStep {
  const state = tensors(workload.initialState(), workload.stateShapes);
  const feeds = tensors(workload.feeds(0), workload.feedShapes);
  try {
    return compileStep(workload.step, state, feeds, options);
  } finally {
    tf.dispose([...state, ...feeds]);
  }
}

/** Losses of `count` steps, each on fresh feeds. */
export function losses(step: CompiledStep, workload: Workload, count: number): number[] {
  return Array.from({ length: count }, (_, index) => step.run(workload.feeds(index))[0]![0]!);
}

/** Everything that can leak: tfjs tensors, native tensors, loaded graphs. */
export function livingThings(): { tensors: number; native: number; graphs: number } {
  const { binding } = nativeBackend();
  return {
    tensors: tf.memory().numTensors,
    native: binding.getNumOfTensors(),
    graphs: binding.getNumOfSavedModels(),
  };
}

export function relativeDifference(left: number, right: number): number {
  return Math.abs(left - right) / Math.max(Math.abs(left), Math.abs(right), 1e-30);
}
