import { z } from 'zod';
import { benchMeasurementSchema } from '../bench/measurement.ts';
import { benchRowSchema } from '../bench/workloads.ts';
import { pixelLayoutSchema } from '../datasets/dataset.ts';
import { exportFormatSchema, exportResultSchema } from '../exports/export-format.ts';
import { modelSummarySchema } from '../models/model.ts';
import { engineChoiceSchema } from '../run-config/engine-choice.ts';
import {
  askedEvaluationSchema,
  classificationSchema,
  exampleOrderSchema,
  predictedExamplesSchema,
  storedImageSchema,
} from '../runs/classification-report.ts';
import { askedImageSchema, askedTextSchema, mostAskedImages, predictionsSchema } from '../runs/prediction.ts';
import { checkpointSchema, evaluationSchema, logEntrySchema, runSummarySchema, splitSchema } from '../runs/run.ts';
import { datasetRequests } from './dataset-requests.ts';
import { define } from './define-request.ts';
import { fieldErrorSchema } from './errors.ts';
import { predictionRequests } from './prediction-requests.ts';

/**
 * Every request that the window or the terminal can make of the core: name, request, response.
 * Both sides are typed from this one object, and both ends of every channel validate with it.
 * Times are milliseconds since 1970; `null` means unknown. Booleans of facts are 'yes' | 'no'.
 */

const id = z.string().min(1).max(64);
const ids = z.array(id).min(1).max(10_000);
const nothing = z.null();
const yesNo = z.enum(['yes', 'no']);
/** A partial run config: completed from the preset of its task, then validated (errors: `invalid-config`). */
const partialConfig = z.record(z.string(), z.unknown());

export const doctorItemSchema = z.object({
  key: z.enum(['electron', 'node', 'tensorflow', 'device', 'xla', 'sqlite', 'home', 'memory']),
  label: z.string(),
  value: z.string(),
  verdict: z.enum(['ok', 'warning', 'missing']),
  remedy: z.string().nullable(),
});
export type DoctorItem = z.infer<typeof doctorItemSchema>;

export const queueStateSchema = z.object({
  running: z.array(id),
  queued: z.array(id),
  /** `paused`: nothing new starts. `pausing`: paused after the running run. `crashed`: paused after three crashes in five minutes. */
  mode: z.enum(['open', 'pausing', 'paused', 'crashed']),
  estimatedMs: z.number().nullable(),
});
export type QueueState = z.infer<typeof queueStateSchema>;

export const metricSeriesSchema = z.object({
  key: z.string(),
  steps: z.instanceof(Float64Array),
  values: z.instanceof(Float64Array),
  /** Points stored in the asked range; more than `steps.length` when reduced to min/max buckets for drawing. */
  stored: z.number(),
});
export type MetricSeries = z.infer<typeof metricSeriesSchema>;

/** A drawn episode: pixels as grey uint8 [height * width], for the launch form and the run page. */
export const drawnTaskSchema = z.object({
  way: z.number(),
  width: z.number(),
  height: z.number(),
  classNames: z.array(z.string()),
  support: z.array(z.object({ label: z.number(), pixels: z.instanceof(Uint8Array) })),
  query: z.array(z.object({ label: z.number(), pixels: z.instanceof(Uint8Array) })),
});

const seedsSchema = z.array(z.number().int().min(0).max(2_147_483_647)).min(1).max(1000);

/** A partial config with fields that take several values each (shared/sweeps). */
const sweepRequest = z.object({
  config: partialConfig,
  axes: z.array(z.object({ path: z.string().min(1).max(200), values: z.array(z.unknown()).min(1).max(100) })).max(20),
  seeds: seedsSchema,
});

export const requests = {
  // ---- the app
  'app.info': define(
    nothing,
    z.object({ version: z.string(), home: z.string(), coreNode: z.string(), firstStart: yesNo }),
  ),
  /** Versions and devices; `fresh` starts a trainer to measure again, `known` answers from memory. */
  'app.doctor': define(z.object({ check: z.enum(['known', 'fresh']) }), z.array(doctorItemSchema)),
  'settings.get': define(nothing, z.record(z.string(), z.string())),
  'settings.set': define(z.object({ key: z.string().min(1).max(100), value: z.string().max(10_000) }), nothing),

  // ---- the engine's own speed
  /** Measures one row in a trainer of its own and answers when done; `in-use` while another is being measured. */
  'bench.measure': define(
    z.object({ row: benchRowSchema, seconds: z.number().min(0.1).max(60) }),
    benchMeasurementSchema,
  ),
  /** Ends the measurement under way, which then fails with `cancelled`; nothing happens when there is none. */
  'bench.cancel': define(nothing, nothing),
  /** Times a config as it stands, on noise in the place of images; keeps nothing. */
  'engine.measure': define(
    z.object({ config: partialConfig, seconds: z.number().min(0.1).max(60) }),
    benchMeasurementSchema,
  ),
  /** Runs of such shapes that are launched from now on take this where their config leaves it open. */
  'engine.remember': define(z.object({ config: partialConfig, choice: engineChoiceSchema }), nothing),

  // ---- configs
  /** Completes and validates; also against the dataset it names (classes, examples per class, splits). */
  'config.check': define(
    z.object({ config: partialConfig }),
    z.object({
      errors: z.array(fieldErrorSchema),
      /** Notes that do not block a launch. */
      advice: z.array(z.object({ path: z.string(), message: z.string(), level: z.enum(['ok', 'info', 'warning']) })),
      /** null where there are errors. */
      name: z.string().nullable(),
      estimate: z.object({ durationMs: z.number().nullable(), source: z.string() }).nullable(),
      /** Upper bound of the trainer's resident size, and what is free now; null where neither is known. */
      memory: z.object({ peakBytes: z.number(), freeBytes: z.number(), source: z.string() }).nullable(),
      existing: z.array(id),
    }),
  ),
  /** The first training task of a config, drawn by the real pipeline with its seed; `skip` draws a later one. */
  'config.draw-task': define(
    z.object({ config: partialConfig, skip: z.number().int().min(0).max(10_000) }),
    drawnTaskSchema.nullable(),
  ),

  // ---- runs
  'runs.list': define(
    z.object({
      /** Words and field:value terms of the filter language; empty for all. */
      filter: z.string().max(2000),
      view: z.enum(['active', 'archived', 'bin']),
      sort: z.object({
        by: z.enum(['created', 'name', 'duration', 'best', 'loss', 'algorithm', 'dataset', 'seed', 'state']),
        order: z.enum(['ascending', 'descending']),
      }),
      limit: z.number().int().min(1).max(10_000),
      offset: z.number().int().min(0),
    }),
    z.object({ runs: z.array(runSummarySchema), matching: z.number(), total: z.number() }),
  ),
  'runs.get': define(z.object({ id }), runSummarySchema),
  /** One run per seed; `now` goes to the front of the queue and starts as soon as the device is free. */
  'runs.launch': define(
    z.object({
      config: partialConfig,
      seeds: seedsSchema,
      start: z.enum(['now', 'queue']),
    }),
    z.object({ ids: z.array(id) }),
  ),
  /** What a sweep would launch: each combination validated, also against its dataset, and counted once. */
  'sweeps.plan': define(
    sweepRequest,
    z.object({
      /** Each names its value or its combination; the rest is empty or null then. */
      errors: z.array(fieldErrorSchema),
      /** Different configs, and runs: configs times seeds. */
      configs: z.number(),
      runs: z.number(),
      /** Runs of these configs and seeds that are done, under way or queued; archived ones count, those in the bin do not. */
      existing: z.array(id),
      /** Time of one run, and of all runs that do not exist yet; null while one is unknown. */
      estimate: z
        .object({
          shortestMs: z.number().nullable(),
          longestMs: z.number().nullable(),
          missingMs: z.number().nullable(),
          source: z.string(),
        })
        .nullable(),
      /** Of the run that needs most. */
      memory: z.object({ peakBytes: z.number(), freeBytes: z.number(), source: z.string() }).nullable(),
    }),
  ),
  /**
   * One run for each seed and combination, seed by seed, all under one new tag, which runs that exist get too.
   * `skip` launches only what does not exist yet.
   */
  'sweeps.launch': define(
    sweepRequest.extend({ start: z.enum(['now', 'queue']), existing: z.enum(['skip', 'again']) }),
    z.object({ ids: z.array(id), existing: z.array(id), tag: z.string() }),
  ),
  'runs.pause': define(z.object({ id }), nothing),
  'runs.resume': define(z.object({ id }), nothing),
  /** `finish`: finish this iteration, evaluate, save. `now`: end at once; the last checkpoint stays. */
  'runs.stop': define(z.object({ id, how: z.enum(['finish', 'now']) }), nothing),
  'runs.checkpoint': define(z.object({ id }), nothing),
  'runs.edit': define(
    z.object({
      ids,
      change: z.object({
        name: z.string().min(1).max(120).optional(),
        note: z.string().max(20_000).optional(),
        addTag: z.string().min(1).max(40).optional(),
        removeTag: z.string().max(40).optional(),
        starred: yesNo.optional(),
        archived: yesNo.optional(),
      }),
    }),
    nothing,
  ),
  /** Into the bin, for 30 days. Active runs are refused. */
  'runs.delete': define(z.object({ ids }), nothing),
  'runs.restore': define(z.object({ ids }), nothing),
  'runs.empty-bin': define(nothing, z.object({ removed: z.number() })),
  'runs.metrics': define(
    z.object({
      id,
      /** All keys when empty. */
      keys: z.array(z.string().max(200)).max(200),
      from: z.number().nullable(),
      to: z.number().nullable(),
      /** At most so many min/max buckets (two points each) per series; null gives every stored point. */
      buckets: z.number().int().min(10).max(4000).nullable(),
    }),
    z.object({ series: z.array(metricSeriesSchema) }),
  ),
  'runs.log': define(
    z.object({ id, after: z.number(), limit: z.number().int().min(1).max(5000) }),
    z.object({ entries: z.array(logEntrySchema), total: z.number() }),
  ),
  'runs.evaluations': define(z.object({ id }), z.array(evaluationSchema)),
  'runs.checkpoints': define(z.object({ id }), z.array(checkpointSchema)),
  /** Test episodes with a checkpoint (best unless named) on any compatible dataset; answers when done. */
  'runs.evaluate': define(
    z.object({
      id,
      dataset: z.string().nullable(),
      split: splitSchema,
      episodes: z.number().int().min(1).max(100_000),
      episodeSeed: z.number().int().min(0).nullable(),
      way: z.number().int().min(2).max(200).nullable(),
      shot: z.number().int().min(1).max(1000).nullable(),
      query: z.number().int().min(1).max(1000).nullable(),
      steps: z.number().int().min(1).max(200).nullable(),
      from: z.enum(['best', 'last', 'untrained']),
    }),
    evaluationSchema,
  ),

  /** What the stored predictions of a fine-tuned run come to; `not-found` where an evaluation or run has none. */
  'runs.classification': define(z.object({ id, evaluation: askedEvaluationSchema }), classificationSchema),
  /** A page of a fine-tuned run's stored predictions with what was predicted of; labels as positions in the list. */
  'runs.predictedExamples': define(
    z.object({
      id,
      evaluation: askedEvaluationSchema,
      /** Only examples that have this label. */
      truth: z.number().int().min(0).optional(),
      /** Only examples that were taken for this label. */
      predicted: z.number().int().min(0).optional(),
      wrongOnly: z.boolean(),
      order: exampleOrderSchema,
      offset: z.number().int().min(0),
      limit: z.number().int().min(1).max(200),
    }),
    predictedExamplesSchema,
  ),
  /** Labels of new texts by a fine-tuned run's best checkpoint; answers when done and stores nothing. */
  'runs.predict': define(z.object({ id, texts: z.array(askedTextSchema).min(1).max(10_000) }), predictionsSchema),
  /** The same of images; the bytes of PNG or JPEG files, not paths: the window has none. */
  'runs.predict-images': define(
    z.object({ id, images: z.array(askedImageSchema).min(1).max(mostAskedImages) }),
    /** `seen`: each image as the network saw it, and whether such images are drawings. */
    predictionsSchema.extend({
      seen: z.array(storedImageSchema.extend({ polarity: pixelLayoutSchema.shape.polarity })),
    }),
  ),
  ...predictionRequests,
  /** Writes a run out into a folder that is new or empty; `to` is a path, which the window's shell puts in. */
  'runs.export': define(
    z.object({ id, format: exportFormatSchema, to: z.string().min(1).max(4096) }),
    exportResultSchema,
  ),

  // ---- the queue
  'queue.get': define(nothing, queueStateSchema),
  'queue.move': define(z.object({ id, position: z.number().int().min(1) }), nothing),
  'queue.cancel': define(z.object({ ids }), nothing),
  'queue.set-mode': define(z.object({ mode: z.enum(['open', 'pausing', 'paused']) }), nothing),

  ...datasetRequests,

  // ---- models
  'models.list': define(nothing, z.array(modelSummarySchema)),
  /** By id or name. */
  'models.get': define(z.object({ id: z.string().min(1).max(200) }), modelSummarySchema),
  /** Copies a Hugging Face folder in and answers when it is there; `source` is a path, as in `datasets.import`. */
  'models.import': define(
    z.object({ source: z.string().min(1).max(4096), name: z.string().min(1).max(100).nullable() }),
    modelSummarySchema,
  ),
  /** The id stands in the event `model.importing`. */
  'models.cancel-import': define(z.object({ id }), nothing),
  /** Makes a model of the library from a fine-tuned run's best checkpoint. */
  'models.adopt': define(z.object({ runId: id, name: z.string().min(1).max(100).nullable() }), modelSummarySchema),
  'models.rename': define(z.object({ id, name: z.string().min(1).max(100) }), modelSummarySchema),
  /** Reads the weights again and compares their digest. */
  'models.verify': define(z.object({ id }), modelSummarySchema),
  'models.remove': define(z.object({ id: z.string().min(1).max(200), force: yesNo }), nothing),
} as const;

export type Requests = typeof requests;
export type RequestName = keyof Requests;
export type RequestOf<Name extends RequestName> = z.infer<Requests[Name]['request']>;
export type ResponseOf<Name extends RequestName> = z.infer<Requests[Name]['response']>;

/** What a core implements: one function per request. */
export type RequestHandlers = {
  readonly [Name in RequestName]: (request: RequestOf<Name>) => ResponseOf<Name> | Promise<ResponseOf<Name>>;
};

export const isRequestName = (name: string): name is RequestName => Object.hasOwn(requests, name);
