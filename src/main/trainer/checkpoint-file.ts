import { z } from 'zod';
import { InnerloopError } from '../../shared/contract/errors.ts';
import type { RandomState } from '../../shared/random/random.ts';
import { completeFromTask } from '../../shared/run-config/complete.ts';
import { groupKeyOf } from '../../shared/run-config/grouping.ts';
import { isRecord } from '../../shared/run-config/record.ts';
import type { RunConfig } from '../../shared/run-config/schema.ts';
import type { WrittenFile } from '../files/atomic-write.ts';
import { readSafetensors, writeSafetensors } from '../files/safetensors.ts';
import { type FileTensor, fileTensor } from '../files/tensor-types.ts';
import type { LearnerState } from '../learning/meta-learner.ts';
import type { NamedTensor } from '../learning/named-tensor.ts';

/** The best validation so far. */
export interface Best {
  readonly metric: 'accuracy' | 'loss';
  readonly value: number;
  readonly ci95: number;
  readonly iteration: number;
}

/** All that a run needs to go on bit for bit. */
export interface TrainingSnapshot {
  readonly learner: LearnerState;
  readonly best: Best | null;
  /** Iteration of the last validation, -1 before the first: a run that goes on does not measure it twice. */
  readonly validatedAt: number;
}

const word = z.number().int().min(0).max(0xffffffff);
const randomSchema = z.object({
  words: z.tuple([word, word, word, word]),
  spareNormal: z.number().nullable(),
  path: z.string(),
});
const bestSchema = z.object({
  metric: z.enum(['accuracy', 'loss']),
  value: z.number(),
  ci95: z.number(),
  iteration: z.number().int().min(0),
});

/** Metadata of the file: safetensors keeps texts only. */
const metadataSchema = z.object({
  innerloop: z.literal('checkpoint-1'),
  /** The whole config as JSON: the file says by itself what it is. */
  config: z.string(),
  iteration: z.coerce.number().int().min(0),
  validatedAt: z.coerce.number().int().min(-1),
  random: z.string(),
  best: z.string(),
});

/** `iteration-0005000.safetensors`. */
export const checkpointName = (iteration: number): string =>
  `iteration-${String(iteration).padStart(7, '0')}.safetensors`;

/** The iteration of a checkpoint's file name, or null for any other file. */
export function iterationOfName(name: string): number | null {
  const match = /^iteration-(\d{7,})\.safetensors$/.exec(name);
  return match ? Number(match[1]) : null;
}

/** Writes the snapshot whole or not at all; numbers keep every bit. */
export function writeCheckpoint(path: string, snapshot: TrainingSnapshot, config: RunConfig): Promise<WrittenFile> {
  const { learner, best, validatedAt } = snapshot;
  const tensors = new Map<string, FileTensor>(
    learner.tensors.map(({ name, shape, values }) => [name, fileTensor(values, shape)]),
  );
  const metadata = {
    innerloop: 'checkpoint-1',
    config: JSON.stringify(config),
    iteration: String(learner.iteration),
    validatedAt: String(validatedAt),
    random: JSON.stringify(learner.random),
    best: JSON.stringify(best),
  };
  return writeSafetensors(path, tensors, new Map(Object.entries(metadata)));
}

/**
 * Reads a snapshot back. Throws `bad-file` when the file is damaged or no checkpoint, and `wrong-state` when it belongs
 * to a run with another config or seed, since training could not go on bit for bit.
 */
export async function readCheckpoint(path: string, config: RunConfig): Promise<TrainingSnapshot> {
  const { snapshot, identity } = await readAny(path);
  if (identity !== identityOf(config)) {
    throw new InnerloopError(
      'wrong-state',
      'The checkpoint was written with another config or seed, so this run cannot go on from it.',
      { detail: path },
    );
  }
  return snapshot;
}

/** Meta-parameters and iteration of a checkpoint, whatever its run's config: for evaluation. */
export async function readParameters(
  path: string,
): Promise<{ readonly iteration: number; readonly parameters: readonly NamedTensor[] }> {
  const { snapshot } = await readAny(path);
  const prefix = 'parameter/';
  const parameters = snapshot.learner.tensors
    .filter(({ name }) => name.startsWith(prefix))
    .map((tensor) => ({ ...tensor, name: tensor.name.slice(prefix.length) }));
  return { iteration: snapshot.learner.iteration, parameters };
}

async function readAny(path: string): Promise<{ readonly snapshot: TrainingSnapshot; readonly identity: string }> {
  const file = await readSafetensors(path);
  const metadata = metadataSchema.safeParse(Object.fromEntries(file.metadata));
  if (!metadata.success) throw notACheckpoint(path, metadata.error.message);
  const random = randomSchema.safeParse(parseJson(metadata.data.random));
  const best = bestSchema.nullable().safeParse(parseJson(metadata.data.best));
  if (!random.success || !best.success) throw notACheckpoint(path, 'random or best');
  const tensors = [...file.tensors].map(([name, tensor]): NamedTensor => {
    if (!(tensor.values instanceof Float32Array)) throw notACheckpoint(path, `${name} is ${tensor.dtype}`);
    return { name, shape: tensor.shape, values: tensor.values };
  });
  return {
    identity: identityOf(storedConfig(path, metadata.data.config)),
    snapshot: {
      learner: { iteration: metadata.data.iteration, tensors, random: random.data satisfies RandomState },
      best: best.data,
      validatedAt: metadata.data.validatedAt,
    },
  };
}

/** What decides the numbers of a run, as text. */
const identityOf = (config: RunConfig): string => `${config.seed}/${groupKeyOf(config)}`;

/** The config that a checkpoint was written with; fields that are younger than the file mean what they meant then. */
function storedConfig(path: string, text: string): RunConfig {
  const config = parseJson(text);
  if (!isRecord(config)) throw notACheckpoint(path, 'config');
  return completeFromTask(config) as RunConfig;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (thrown) {
    if (thrown instanceof SyntaxError) return undefined; // refused by the schema that looks at it
    throw thrown;
  }
}

function notACheckpoint(path: string, detail: string): InnerloopError {
  return new InnerloopError('bad-file', 'The file is not a checkpoint that this version of Innerloop wrote.', {
    detail: `${path}\n${detail}`,
  });
}
