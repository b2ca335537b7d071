import type { MetaRunConfig } from '../../shared/run-config/schema.ts';

/** Meta-iterations in one native call, unless the config asks for a number: more no longer pays on a small MLP. */
const AUTOMATIC_STEPS = 8;

/**
 * How many meta-iterations fit into one call so that none steps over a validation or a checkpoint: the largest number
 * up to the wished one that divides both cadences.
 */
export function stepsPerCall(config: MetaRunConfig, suits: 'several' | 'one'): number {
  const wished = config.engine.stepsPerCall || (suits === 'several' ? AUTOMATIC_STEPS : 1);
  const cadences = [config.evaluation.every, config.checkpoints.every].filter((every) => every > 0);
  for (let steps = Math.min(wished, config.outer.iterations); steps > 1; steps--) {
    if (cadences.every((every) => every % steps === 0)) return steps;
  }
  return 1;
}

/**
 * Iterations of the next call, a function of the iteration alone, so that a run which was paused and resumed makes the
 * same calls: several only from a multiple of `steps` on, and one by one where the run's end is nearer than that.
 */
export const stepsOfNextCall = (iteration: number, steps: number, iterations: number): number =>
  iteration % steps === 0 && iteration + steps <= iterations ? steps : 1;
