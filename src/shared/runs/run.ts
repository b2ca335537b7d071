import { z } from 'zod';
import { runConfigSchema } from '../run-config/schema.ts';

/** Facts about runs, as the store keeps them and the window and the terminal show them. Zod, since they cross processes. */

export const runStates = [
  'queued',
  'starting',
  'running',
  'pausing',
  'paused',
  'stopping',
  'completed',
  'stopped',
  'interrupted',
  'failed',
] as const;
export const runStateSchema = z.enum(runStates);
export type RunState = z.infer<typeof runStateSchema>;

/** What a trainer is doing; shown while the state is `starting` or `running`. */
export const runPhaseSchema = z.enum(['loading', 'recording', 'training', 'validating', 'evaluating', 'saving']);
export type RunPhase = z.infer<typeof runPhaseSchema>;

export const splitSchema = z.enum(['train', 'validation', 'test', 'unused']);
export type Split = z.infer<typeof splitSchema>;

/** Everything that a number depends on; stored and shown with it. */
export const protocolSchema = z.object({
  task: z.enum([
    'sinusoid',
    'binary-points',
    'image-classes',
    'image-examples',
    'text-classes',
    'table-classes',
    'audio-classes',
  ]),
  /** Which tasks of their kind were drawn; null for those that tell classes of a dataset apart. Numbers stored before there were several lack it. */
  family: z.string().nullable().optional(),
  dataset: z.object({ id: z.string(), name: z.string(), version: z.number(), digest: z.string() }).nullable(),
  split: splitSchema.or(z.literal('generated')),
  way: z.number().nullable(),
  /** Of labelled images: training and test examples per class. 0 for text classes, which have no such number. */
  shot: z.number(),
  query: z.number(),
  /** Test episodes, texts or images. */
  episodes: z.number(),
  episodeSeed: z.number(),
  batchNorm: z.enum(['transductive', 'inductive', 'none']),
  lossReduction: z.enum(['mean', 'sum-over-classes']),
  innerSteps: z.number(),
  /** null where rates are learned, or nothing adapts. */
  innerRate: z.number().nullable(),
  /** Order of the meta-gradient in training. */
  order: z.enum(['first', 'second', 'none']),
});
export type Protocol = z.infer<typeof protocolSchema>;

export const perStepSchema = z.object({
  /** Inner gradient steps taken; 0 is before adaptation. */
  step: z.number(),
  /** Mean over episodes of the query loss, and half the width of its 95 % CI. */
  loss: z.number(),
  lossCi95: z.number(),
  /** Mean query accuracy in [0, 1]; null for regression. */
  accuracy: z.number().nullable(),
  accuracyCi95: z.number().nullable(),
});
export type PerStep = z.infer<typeof perStepSchema>;

/** Key numbers of an evaluation, kept with it for lists and comparisons. */
export const classificationSummarySchema = z.object({
  macroF1: z.number(),
  weightedF1: z.number(),
  mcc: z.number().nullable(),
  auc: z.number().nullable(),
  ece: z.number(),
});
export type ClassificationSummary = z.infer<typeof classificationSummarySchema>;

export const evaluationSchema = z.object({
  id: z.string(),
  runId: z.string(),
  /** `untrained`: the same network at its initialisation, adapted in the same way: the honest zero line. */
  kind: z.enum(['validation', 'final', 'requested', 'untrained']),
  iteration: z.number(),
  createdAt: z.number(),
  metric: z.enum(['accuracy', 'loss']),
  /** After `protocol.innerSteps` steps: accuracy in [0, 1], or mean squared error. */
  mean: z.number(),
  ci95: z.number(),
  perStep: z.array(perStepSchema),
  protocol: protocolSchema,
  durationMs: z.number(),
  /** Of a classifier of single examples, whose predictions are kept; evaluations from before that lack it. */
  classification: classificationSummarySchema.optional(),
});
export type Evaluation = z.infer<typeof evaluationSchema>;

export const failureSchema = z.object({ code: z.string(), message: z.string(), detail: z.string().nullable() });
export type Failure = z.infer<typeof failureSchema>;

export const checkpointSchema = z.object({
  id: z.string(),
  runId: z.string(),
  iteration: z.number(),
  createdAt: z.number(),
  bytes: z.number(),
  sha256: z.string(),
  /** `best` by the validation metric; one checkpoint can be both best and last. */
  roles: z.array(z.enum(['best', 'last', 'periodic'])),
  validation: z.number().nullable(),
});
export type Checkpoint = z.infer<typeof checkpointSchema>;

/** How the engine runs this run's steps; said in the run's header and log. */
export const engineFactsSchema = z.object({
  mode: z.enum(['compiled', 'eager']),
  reason: z.string().nullable(),
  device: z.enum(['cpu', 'gpu']),
  deviceName: z.string(),
  xla: z.enum(['on', 'off']),
  taskBatching: z.enum(['batched', 'looped']),
  stepsPerCall: z.number(),
  operations: z.number(),
  recordMs: z.number(),
  parameters: z.number(),
  /** Of the network's forward pass on one example; runs from before it was counted lack it. */
  multiplyAdds: z.number().optional(),
  tensorflow: z.string(),
});
export type EngineFacts = z.infer<typeof engineFactsSchema>;

export const logEntrySchema = z.object({
  seq: z.number(),
  at: z.number(),
  level: z.enum(['info', 'eval', 'save', 'warn', 'error']),
  message: z.string(),
});
export type LogEntry = z.infer<typeof logEntrySchema>;

/** One row of the history: what a table or a header needs, without opening the run. */
export const runSummarySchema = z.object({
  id: z.string(),
  /** Counts up by creation; the shown colour slot is (number - 1) modulo 8. */
  number: z.number(),
  name: z.string(),
  state: runStateSchema,
  phase: runPhaseSchema.nullable(),
  config: runConfigSchema,
  groupKey: z.string(),
  dataset: z.object({ id: z.string(), name: z.string(), version: z.number(), digest: z.string() }).nullable(),
  createdAt: z.number(),
  startedAt: z.number().nullable(),
  endedAt: z.number().nullable(),
  /** Time spent computing, pauses excluded. */
  computeMs: z.number(),
  iteration: z.number(),
  iterationsPerSecond: z.number().nullable(),
  etaMs: z.number().nullable(),
  trainLoss: z.number().nullable(),
  /** Best validation value so far: accuracy, or loss for regression. */
  best: z
    .object({ metric: z.enum(['accuracy', 'loss']), value: z.number(), ci95: z.number(), iteration: z.number() })
    .nullable(),
  final: evaluationSchema.nullable(),
  untrained: evaluationSchema.nullable(),
  engine: engineFactsSchema.nullable(),
  /** About 40 values of the training loss over the run so far. */
  sparkline: z.array(z.number()),
  failure: failureSchema.nullable(),
  /** A checkpoint to go on from exists. */
  resumable: z.enum(['yes', 'no']),
  starred: z.enum(['yes', 'no']),
  archived: z.enum(['yes', 'no']),
  deletedAt: z.number().nullable(),
  /** Place in the queue, 1 is next; null when not queued. */
  queuePosition: z.number().nullable(),
});
export type RunSummary = z.infer<typeof runSummarySchema>;

/** States in which a trainer process belongs to the run. */
export const activeStates: readonly RunState[] = ['starting', 'running', 'pausing', 'stopping'];
export const isActive = (state: RunState): boolean => activeStates.includes(state);
/** States from which a run never changes by itself. */
export const finishedStates: readonly RunState[] = ['completed', 'stopped', 'failed', 'interrupted'];
export const isFinished = (state: RunState): boolean => finishedStates.includes(state);
