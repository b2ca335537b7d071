import { statfs } from 'node:fs/promises';
import { InnerloopError } from '../../../shared/contract/errors.ts';
import { shownBytes } from '../../files/file-error.ts';

/** Asks for room before the work, not after most of it; throws `no-space`. */
export async function requireSpace(folder: string, needed: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  if (needed <= bavail * bsize) return;
  throw new InnerloopError(
    'no-space',
    `The import needs ${shownBytes(needed)}, but the disk has ${shownBytes(bavail * bsize)} left.`,
  );
}
