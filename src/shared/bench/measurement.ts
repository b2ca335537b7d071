import { z } from 'zod';
import { engineFactsSchema } from '../runs/run.ts';

/** What one process measured of one row. */
export const benchMeasurementSchema = z.object({
  /** Median and fastest over the native calls; milliseconds of one meta-iteration. */
  msPerStep: z.number(),
  fastestMs: z.number(),
  /** Recording, loading and the first call, milliseconds. */
  firstCallMs: z.number(),
  /** Largest resident size of the process, 2^20 bytes. */
  peakMb: z.number(),
  /** Meta-iterations that were timed. */
  steps: z.number(),
  engine: engineFactsSchema,
});
export type BenchMeasurement = z.infer<typeof benchMeasurementSchema>;
