import { readdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { RunConfig } from '../../shared/run-config/schema.ts';
import type { Checkpoint } from '../../shared/runs/run.ts';
import { sweepTemporaries } from '../files/atomic-write.ts';
import type { NamedTensor } from '../learning/named-tensor.ts';
import {
  checkpointName,
  iterationOfName,
  readCheckpoint,
  readParameters,
  type TrainingSnapshot,
  writeCheckpoint,
} from './checkpoint-file.ts';

export type CheckpointRole = Checkpoint['roles'][number];

export interface SavedCheckpoint {
  readonly iteration: number;
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly roles: readonly CheckpointRole[];
}

/** The checkpoints of one run: the best, the last, and those that are kept for good. */
export interface CheckpointFolder {
  /** Reads the checkpoint to go on from. */
  resume(file: string): Promise<TrainingSnapshot>;
  /**
   * Writes a checkpoint, which becomes the last one. Files that lose their role by it stay until the next save (or
   * `removeSuperseded`): by then the core has stored that there is a newer one, and no crash leaves it without any.
   */
  save(snapshot: TrainingSnapshot, roles: readonly CheckpointRole[]): Promise<SavedCheckpoint>;
  /** Removes the files that have no role any more. */
  removeSuperseded(): Promise<void>;
  parametersAt(iteration: number): Promise<readonly NamedTensor[]>;
}

/**
 * Opens the folder that belongs to the trainer, removes half-written files of a trainer that was killed, and learns
 * which files are there. `keep`: iterations of files that the core counts as best.
 */
export async function openCheckpointFolder(
  folder: string,
  config: RunConfig,
  keep: readonly number[],
): Promise<CheckpointFolder> {
  await sweepTemporaries(folder);
  const roles = new Map<number, ReadonlySet<CheckpointRole>>();
  for (const iteration of await iterationsIn(folder)) {
    const held = new Set<CheckpointRole>();
    if (keep.includes(iteration)) held.add('best');
    if (isPeriodic(iteration, config)) held.add('periodic');
    roles.set(iteration, held);
  }
  const give = (iteration: number, given: readonly CheckpointRole[]): void => {
    for (const [other, held] of roles) {
      const left = [...held].filter((role) => role === 'periodic' || !given.includes(role));
      roles.set(other, new Set(left));
    }
    roles.set(iteration, new Set([...(roles.get(iteration) ?? []), ...given]));
  };
  const removeSuperseded = async (): Promise<void> => {
    for (const [iteration, held] of [...roles]) {
      if (held.size > 0) continue;
      await rm(join(folder, checkpointName(iteration)), { force: true });
      roles.delete(iteration);
    }
  };
  return {
    resume: async (file) => {
      const snapshot = await readCheckpoint(join(folder, basename(file)), config);
      give(snapshot.learner.iteration, ['last']);
      if (snapshot.best && roles.has(snapshot.best.iteration)) {
        const held = roles.get(snapshot.best.iteration) ?? new Set();
        roles.set(snapshot.best.iteration, new Set([...held, 'best']));
      }
      return snapshot;
    },
    save: async (snapshot, given) => {
      await removeSuperseded();
      const { iteration } = snapshot.learner;
      const file = checkpointName(iteration);
      const written = await writeCheckpoint(join(folder, file), snapshot, config);
      give(iteration, [...given, 'last']);
      return { iteration, file, ...written, roles: [...(roles.get(iteration) ?? [])] };
    },
    removeSuperseded,
    parametersAt: async (iteration) => (await readParameters(join(folder, checkpointName(iteration)))).parameters,
  };
}

/** Whether a checkpoint of this iteration is kept for good. */
export const isPeriodic = (iteration: number, config: RunConfig): boolean =>
  config.checkpoints.every > 0 && iteration > 0 && iteration % config.checkpoints.every === 0;

async function iterationsIn(folder: string): Promise<number[]> {
  const names = await readdir(folder);
  return names.map(iterationOfName).filter((iteration) => iteration !== null);
}
