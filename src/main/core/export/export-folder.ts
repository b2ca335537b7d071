import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rm, rmdir, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { InnerloopError } from '../../../shared/contract/errors.ts';
import type { ExportResult } from '../../../shared/exports/export-format.ts';
import { renameDurably, syncFolder, temporaryPrefix } from '../../files/atomic-write.ts';
import { fileError, quoted } from '../../files/file-error.ts';

/**
 * Makes a folder whole or not at all: `write` fills one beside it, which takes its name when everything is on the disk.
 * Throws `in-use` for a folder that holds something or a file of that name; nothing is ever overwritten.
 */
export async function writeFolder(to: string, write: (folder: string) => Promise<void>): Promise<ExportResult> {
  const target = resolve(to);
  await refuseOccupied(target);
  await mkdir(dirname(target), { recursive: true }).catch((thrown: unknown) => {
    throw fileError(thrown, dirname(target), 'written');
  });
  const temporary = join(dirname(target), `${temporaryPrefix}${randomBytes(6).toString('hex')}`);
  try {
    await mkdir(temporary);
    await write(temporary);
    await syncFolder(temporary);
    await refuseOccupied(target); // something may have been put there meanwhile
    await rmdir(target).catch(ignoreMissing); // an empty one; not every system renames over it
    await renameDurably(temporary, target);
  } catch (thrown) {
    await rm(temporary, { recursive: true, force: true });
    throw fileError(thrown, target, 'written');
  }
  return { folder: target, files: await filesOf(target) };
}

async function refuseOccupied(target: string): Promise<void> {
  const name = quoted(basename(target));
  let present: readonly string[];
  try {
    present = await readdir(target);
  } catch (thrown) {
    const { code } = thrown as { readonly code?: unknown };
    if (code === 'ENOENT') return;
    if (code === 'ENOTDIR') throw new InnerloopError('in-use', `${name} is a file. Export into a new or empty folder.`);
    throw fileError(thrown, target, 'read');
  }
  if (present.length > 0) {
    throw new InnerloopError(
      'in-use',
      `The folder ${name} is not empty, and nothing is overwritten. Export into a new or empty folder.`,
    );
  }
}

function ignoreMissing(thrown: { readonly code?: unknown }): void {
  if (thrown.code !== 'ENOENT') throw thrown;
}

async function filesOf(folder: string): Promise<ExportResult['files']> {
  const names = (await readdir(folder)).sort();
  return Promise.all(names.map(async (name) => ({ name, bytes: (await stat(join(folder, name))).size })));
}
