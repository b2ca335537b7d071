/**
 * The environment that TensorFlow reads once, when its library is loaded. Only the parent of a process can set it, so
 * whoever starts a trainer spreads this into the child's environment. XLA is not among it: a graph asks for it itself
 * (learning/compile).
 */

export interface TrainerEnvironmentOptions {
  /** 'cpu' hides the graphics cards; 'gpu' lets TensorFlow use the first one it finds. */
  readonly device: 'cpu' | 'gpu';
  /** Threads that share the work of one operation (adviseThreads); TensorFlow takes one per core when absent. */
  readonly threads?: number;
}

/** Environment variables for a process that trains. */
export function trainerEnvironment({ device, threads }: TrainerEnvironmentOptions): Record<string, string> {
  return {
    // Its start-up lines (CPU features, cuInit) would drown the trainer's own messages; errors still come through.
    TF_CPP_MIN_LOG_LEVEL: '2',
    // A card is shared with the desktop and with other runs: take memory as it is needed instead of all at once.
    TF_FORCE_GPU_ALLOW_GROWTH: 'true',
    ...(device === 'cpu' ? { CUDA_VISIBLE_DEVICES: '-1' } : {}),
    ...(threads === undefined ? {} : { TF_NUM_INTRAOP_THREADS: String(threads) }),
  };
}
