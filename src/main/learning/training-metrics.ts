/** What one meta-iteration measured: means over its tasks, at the parameters before its update. */
export interface IterationMetrics {
  /** Counted from 1. */
  readonly iteration: number;
  /** Query loss after the inner steps. */
  readonly loss: number;
  /** Query accuracy in [0, 1]; null for regression. */
  readonly accuracy: number | null;
  /** Global norm of the meta-gradient before clipping. */
  readonly gradientNorm: number;
}

/** Training has diverged. */
export class NonFiniteLossError extends Error {
  readonly code = 'non-finite-loss';
  readonly iteration: number;
  /** Position in the meta-batch, from 1. */
  readonly task: number;

  constructor(iteration: number, task: number, value: number, learned: 'tasks' | 'examples' = 'tasks') {
    const [what, rates] =
      learned === 'tasks'
        ? [`query loss of task ${task}`, 'inner.rate or outer.rate']
        : ['loss of the batch', 'outer.rate'];
    super(
      `The ${what} became ${value} at iteration ${iteration}. ` +
        `Training diverged: try a smaller ${rates}, or clip the gradient (outer.clip).`,
    );
    this.name = 'NonFiniteLossError';
    this.iteration = iteration;
    this.task = task;
  }
}
