import { z } from 'zod';
import { tableColumnSchema } from '../datasets/table.ts';
import {
  askedClipSchema,
  askedRowSchema,
  clipPredictionsSchema,
  mostAskedClips,
  mostAskedRows,
  rowPredictionsSchema,
} from '../runs/prediction.ts';
import { define } from './define-request.ts';

const id = z.string().min(1).max(64);

/** What a run that was fine-tuned on rows or on clips says of new ones, by its best checkpoint; nothing is stored. */
export const predictionRequests = {
  'runs.predict-rows': define(
    z.object({ id, rows: z.array(askedRowSchema).min(1).max(mostAskedRows) }),
    rowPredictionsSchema,
  ),
  /** The columns that a run on rows learned from: what a form asks. */
  'runs.table-columns': define(z.object({ id }), z.object({ columns: z.array(tableColumnSchema) })),
  /** The bytes of WAV files, not paths: the window has none. */
  'runs.predict-audio': define(
    z.object({ id, clips: z.array(askedClipSchema).min(1).max(mostAskedClips) }),
    clipPredictionsSchema,
  ),
};
