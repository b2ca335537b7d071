import { z } from 'zod';

/** The part of a run's config that says which encoder was fine-tuned, and how. */
const encoderSchema = z.object({
  kind: z.literal('encoder'),
  start: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('pretrained'), model: z.string() }),
    z.object({ kind: z.literal('from-scratch') }),
  ]),
  head: z.enum(['pooled', 'mean']),
  dropout: z.number(),
  trained: z.object({ kind: z.string(), alpha: z.number().optional() }),
});

/** What an export needs to know of a run that fine-tunes an encoder. */
export interface FineTuned extends Pick<z.infer<typeof encoderSchema>, 'start' | 'head' | 'dropout'> {
  /** Strength of the low-rank adapters; counts only where there are some. */
  readonly alpha: number;
}

/** null for every other kind of run. */
export function fineTunedOf({ model }: { readonly model: unknown }): FineTuned | null {
  const encoder = encoderSchema.safeParse(model);
  if (!encoder.success) return null;
  const { start, head, dropout, trained } = encoder.data;
  return { start, head, dropout, alpha: trained.alpha ?? 0 };
}
