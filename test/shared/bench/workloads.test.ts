import { expect, it } from 'vitest';
import { benchConfig, benchWorkloads, rowsOf, workloadFacts } from '../../../src/shared/bench/workloads.ts';

it.each(benchWorkloads.flatMap((workload) => rowsOf(workload)))(
  'has a config for $workload, $innerSteps inner steps, $variant that never validates or saves',
  (row) => {
    const { inner, outer, algorithm, engine, evaluation, checkpoints, task } = benchConfig(row);
    expect([algorithm.kind, inner.steps]).toEqual(['maml', row.innerSteps]);
    expect([evaluation.every, evaluation.finalSplit, checkpoints.every]).toEqual([0, 'none', 0]);
    expect(outer.metaBatch).toBe(workloadFacts[row.workload].metaBatch);
    expect(task.kind === 'image-classes').toBe(workloadFacts[row.workload].images !== null);
    expect(engine.mode).toBe(row.variant === 'eager' ? 'eager' : row.variant === 'chosen' ? 'auto' : 'compiled');
    expect(engine.stepsPerCall).toBe(row.variant === 'chosen' ? 0 : 1);
  },
);
