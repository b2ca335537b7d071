import { lstat, realpath } from 'node:fs/promises';
import { basename, isAbsolute, join, resolve, sep } from 'node:path';
import { InnerloopError } from '../../shared/contract/errors.ts';
import { quoted } from './file-error.ts';

/**
 * Paths that come from outside (archives, requests) stay inside their folder.
 * Files of our own are named by opaque ids, and every path built from one is checked where it is used.
 */

const idPattern = /^[a-z0-9][a-z0-9-]{0,63}$/;

/** An id that may be a file or folder name: small letters, digits and hyphens, at most 64. */
export const isSafeId = (id: string): boolean => idPattern.test(id);

/**
 * Why a slash-separated path from outside must not be followed below a folder, as the end of "The entry X …";
 * null when it stays inside on every system.
 */
export function escapeProblem(path: string): string | null {
  if (path.length === 0) return 'has no name';
  if (path.length > 1024) return 'has a name of more than 1,024 characters';
  if (path.includes('\0')) return 'has a NUL character in its name';
  if (path.includes('\\')) return 'has a backslash in its name';
  if (path.startsWith('/')) return 'starts at the root of the disk';
  if (/^[A-Za-z]:/.test(path)) return 'starts with a drive letter';
  if (path.split('/').includes('..')) return 'leaves its folder through ".."';
  return null;
}

const windowsDevices = /^(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?$/i;

/** Why a single name cannot be a file on some system (Windows is the strictest), as the end of "The name X …"; null when it can. */
export function fileNameProblem(name: string): string | null {
  if (name.length === 0 || name === '.' || name === '..') return 'is not a file name';
  if (new TextEncoder().encode(name).length > 255) return 'is longer than 255 bytes';
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  if (/[\u0000-\u001f<>:"/\\|?*]/.test(name)) return 'has a character that file names cannot have';
  if (/[. ]$/.test(name)) return 'ends in a dot or a space';
  if (windowsDevices.test(name)) return 'is the name of a Windows device';
  return null;
}

/**
 * The absolute path of `relative` below `folder`, which must exist. Throws `unsafe-path` when it would leave the folder,
 * also through a link on the way; the last part may not exist yet.
 */
export async function pathInside(folder: string, relative: string): Promise<string> {
  const problem = escapeProblem(relative) ?? (isAbsolute(relative) ? 'is an absolute path' : null);
  if (problem) throw new InnerloopError('unsafe-path', `The path ${quoted(relative)} ${problem}.`);
  const root = await realpath(folder);
  const wanted = resolve(root, ...relative.split('/'));
  const real = await nearestRealPath(wanted);
  if (!isInside(root, wanted) || !isInside(root, real)) {
    throw new InnerloopError('unsafe-path', `The path ${quoted(relative)} leaves its folder through a link.`);
  }
  return wanted;
}

/** Whether an absolute, normalised path is the folder itself or below it. */
export function isInside(folder: string, path: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

/** Links resolved as far as the path exists; parts that do not exist yet are kept as they are. */
async function nearestRealPath(path: string): Promise<string> {
  const missing: string[] = [];
  let existing = path;
  for (;;) {
    try {
      return join(await realpath(existing), ...missing);
    } catch (thrown) {
      const parent = resolve(existing, '..');
      if ((thrown as { readonly code?: unknown }).code !== 'ENOENT' || parent === existing) throw thrown;
      await refuseDanglingLink(existing);
      missing.unshift(existing.slice(parent.endsWith(sep) ? parent.length : parent.length + 1));
      existing = parent;
    }
  }
}

/** A link to nothing looks like a missing file, but writing to it would create its target. */
async function refuseDanglingLink(path: string): Promise<void> {
  const link = await lstat(path).catch((thrown: { readonly code?: unknown }) => {
    if (thrown.code === 'ENOENT') return null;
    throw thrown;
  });
  if (link) throw new InnerloopError('unsafe-path', `The path ${quoted(basename(path))} is a link to nothing.`);
}
