import { z } from 'zod';
import { audioDetailSchema, audioImportSchema, audioPreviewSchema, shownClipSchema } from '../datasets/audio.ts';
import { anySplitPlanSchema, datasetClassSchema, datasetSummarySchema, importJobSchema } from '../datasets/dataset.ts';
import { shownRowSchema, tableDetailSchema, tableImportSchema, tablePreviewSchema } from '../datasets/table.ts';
import { shownTextSchema, textDetailSchema, textImportSchema, textPreviewSchema } from '../datasets/text.ts';
import { splitSchema } from '../runs/run.ts';
import { define } from './define-request.ts';

/** What can be asked of the library of datasets; a part of `requests` (requests.ts). */

const id = z.string().min(1).max(64);
const idOrName = z.string().min(1).max(200);
const nothing = z.null();
const yesNo = z.enum(['yes', 'no']);
const splitColumn = z.string().min(1).max(1000).nullable();

/** A page of the examples of a dataset at its newest version, in their order; null takes all. */
const examplePageSchema = z.object({
  id: idOrName,
  split: splitSchema.nullable(),
  label: z.number().int().min(0).nullable(),
  /** Finds parts of words in any case; '' finds all. */
  search: z.string().max(1000),
  offset: z.number().int().min(0),
  limit: z.number().int().min(1).max(200),
});

export const datasetRequests = {
  'datasets.list': define(nothing, z.array(datasetSummarySchema)),
  'datasets.get': define(
    z.object({ id: idOrName }),
    /** `classes` of images; `text`, `table` and `audio` of datasets of their kind, null for the others. */
    z.object({
      summary: datasetSummarySchema,
      classes: z.array(datasetClassSchema),
      text: textDetailSchema.nullable(),
      table: tableDetailSchema.nullable(),
      audio: audioDetailSchema.nullable(),
    }),
  ),
  /** Of texts, also their pairs are searched. */
  'datasets.texts': define(examplePageSchema, z.object({ total: z.number(), texts: z.array(shownTextSchema) })),
  /** Of rows, cells are searched as they are shown. */
  'datasets.rows': define(examplePageSchema, z.object({ total: z.number(), rows: z.array(shownRowSchema) })),
  /** Of clips, paths of files are searched. */
  'datasets.clips': define(examplePageSchema, z.object({ total: z.number(), clips: z.array(shownClipSchema) })),
  /** The stored waveform of one clip. */
  'datasets.clip': define(
    z.object({ id: idOrName, index: z.number().int().min(0) }),
    z.object({ rate: z.number(), samples: z.instanceof(Int16Array) }),
  ),
  /** Looks at the beginning of a source, as what it seems to be or as what is asked. `source` as for an import. */
  'datasets.preview': define(
    z.object({
      source: z.string().min(1).max(4096),
      as: z.enum(['auto', 'text', 'table', 'audio']),
      /** Choices of that kind; null: all found out. */
      text: textImportSchema.extend({ splitColumn }).nullable(),
      table: tableImportSchema.extend({ splitColumn }).nullable(),
      audio: audioImportSchema.nullable(),
    }),
    z.discriminatedUnion('holds', [
      z.object({ holds: z.literal('images') }),
      z.object({ holds: z.literal('texts'), preview: textPreviewSchema }),
      z.object({ holds: z.literal('table'), preview: tablePreviewSchema }),
      z.object({ holds: z.literal('audio'), preview: audioPreviewSchema }),
    ]),
  ),
  /** Grey or RGB uint8 pixels of the first example of each asked class. */
  'datasets.thumbnails': define(
    z.object({
      id,
      classes: z.array(z.number().int().min(0)).min(1).max(500),
      example: z.number().int().min(0).max(1000),
    }),
    z.object({
      width: z.number(),
      height: z.number(),
      channels: z.number(),
      pixels: z.array(z.instanceof(Uint8Array)),
    }),
  ),
  /** `source` is a path here; the window never sends paths: its shell puts the path of a picked file in. */
  'datasets.import': define(
    z.object({
      source: z.string().min(1).max(4096),
      as: z.enum(['auto', 'omniglot', 'folder-per-class', 'text', 'table', 'audio']),
      name: z.string().min(1).max(100).nullable(),
      size: z.number().int().min(8).max(256),
      /** null: as fits what is imported. */
      splits: anySplitPlanSchema.nullable(),
      /** Of a source of texts: which column is what; absent or null: found out. */
      text: textImportSchema.nullable().optional(),
      /** The same of a table of rows, and of clips. */
      table: tableImportSchema.nullable().optional(),
      audio: audioImportSchema.nullable().optional(),
    }),
    importJobSchema,
  ),
  'datasets.imports': define(nothing, z.array(importJobSchema)),
  'datasets.cancel-import': define(z.object({ jobId: id }), nothing),
  /** Waits for the end of an import; fails with its error. */
  'datasets.await-import': define(z.object({ jobId: id }), importJobSchema),
  /** A new version with these splits; refused while a class would be in two splits. */
  'datasets.split': define(z.object({ id: idOrName, splits: anySplitPlanSchema }), datasetSummarySchema),
  'datasets.rename': define(z.object({ id, name: z.string().min(1).max(100) }), datasetSummarySchema),
  'datasets.verify': define(z.object({ id }), datasetSummarySchema),
  'datasets.remove': define(z.object({ id: idOrName, force: yesNo }), nothing),
} as const;
