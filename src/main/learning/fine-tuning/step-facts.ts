import type { CompileFacts } from '../compile/step.ts';
import type { LearnerFacts } from '../learner-types.ts';

/** What a learner that fine-tunes says of its training step: one batch a step, one step a call. */
export const stepFacts = (facts: CompileFacts, parameters: number): LearnerFacts => ({
  mode: facts.mode,
  xla: 'off',
  reason: facts.reason ?? null,
  taskBatching: 'batched',
  stepsPerCall: 1,
  operations: facts.operations,
  recordMs: facts.recordMs + facts.loadMs,
  parameters,
});
