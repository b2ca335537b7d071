import type { RunConfig } from './schema.ts';

/** Layers up to this width are too small for two threads to share: waiting for each other costs more than they save. */
const WIDEST_SINGLE_THREADED_LAYER = 256;
/** Tasks that a looped step holds at most (learning/choose-layout). */
const TASKS_SIDE_BY_SIDE = 4;

/**
 * Threads that share the work of one operation on the CPU. Tasks of a looped meta-batch run side by side anyway, and
 * small dense layers finish before a second thread has woken up: on 2 cores one thread made a sinusoid step 2.5 times
 * and a Conv4 step 1.3 times faster (measured). A step of fine-tuning has no tasks: its operations follow each other (an
 * encoder's gave the same bits on one thread and on two). It must be known before TensorFlow loads, hence from the config alone.
 */
export function adviseThreads(
  config: Pick<RunConfig, 'engine' | 'model' | 'outer' | 'algorithm'>,
  cores: number,
): number {
  const { engine, model, outer, algorithm } = config;
  if (model.kind === 'mlp') return Math.max(...model.hidden) <= WIDEST_SINGLE_THREADED_LAYER ? 1 : cores;
  const fineTunes = algorithm.kind === 'fine-tune' || algorithm.kind === 'fine-tune-network';
  return engine.mode === 'eager' || fineTunes
    ? cores
    : Math.max(1, Math.floor(cores / Math.min(outer.metaBatch, TASKS_SIDE_BY_SIDE)));
}
