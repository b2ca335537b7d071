import { z } from 'zod';
import { benchRowSchema } from '../bench/workloads.ts';
import { datasetSummarySchema, importJobSchema } from '../datasets/dataset.ts';
import { modelImportSchema, modelSummarySchema } from '../models/model.ts';
import { evaluationSchema, logEntrySchema, runPhaseSchema, runSummarySchema } from '../runs/run.ts';
import { queueStateSchema } from './requests.ts';

/** Facts that the core announces after they are committed. No event decides control flow. */
export const events = {
  'run.changed': z.object({ run: runSummarySchema }),
  /** New points, at most four messages a second and run; [step, value] pairs per key. */
  'run.points': z.object({ id: z.string(), points: z.record(z.string(), z.array(z.tuple([z.number(), z.number()]))) }),
  'run.log': z.object({ id: z.string(), entries: z.array(logEntrySchema) }),
  'run.evaluated': z.object({ evaluation: evaluationSchema }),
  /** Removed for good (not: moved to the bin). */
  'run.removed': z.object({ ids: z.array(z.string()) }),
  'queue.changed': z.object({ queue: queueStateSchema }),
  'dataset.changed': z.object({ dataset: datasetSummarySchema }),
  'dataset.removed': z.object({ id: z.string() }),
  'import.progress': z.object({ job: importJobSchema }),
  /** `share` of the measured time that has passed; 0 while TensorFlow loads and the step is recorded. */
  'bench.progress': z.object({ row: benchRowSchema, phase: runPhaseSchema, share: z.number() }),
  'model.changed': z.object({ model: modelSummarySchema }),
  'model.removed': z.object({ id: z.string() }),
  'model.importing': z.object({ job: modelImportSchema }),
  /** Made by the shell (window) or the client (terminal), about the core itself. */
  'core.state': z.object({ state: z.enum(['connected', 'restarting', 'failed']), message: z.string() }),
} as const;

export type Events = typeof events;
export type EventName = keyof Events;
export type EventOf<Name extends EventName> = z.infer<Events[Name]>;
/** Any event as one value, discriminated by its name. */
export type AnyEvent = { [Name in EventName]: { readonly name: Name; readonly body: EventOf<Name> } }[EventName];
