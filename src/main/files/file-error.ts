import { basename } from 'node:path';
import { type ErrorCode, InnerloopError } from '../../shared/contract/errors.ts';

const reasons: Readonly<Record<string, readonly [ErrorCode, string]>> = {
  ENOSPC: ['no-space', 'the disk is full'],
  EDQUOT: ['no-space', 'the disk quota is used up'],
  EFBIG: ['no-space', 'the system allows no larger file'],
  ENOENT: ['not-found', 'it does not exist'],
  ENOTDIR: ['not-found', 'a part of its path is not a folder'],
  EACCES: ['bad-file', 'permission was denied'],
  EPERM: ['bad-file', 'permission was denied'],
  EROFS: ['bad-file', 'the disk is read-only'],
  EISDIR: ['bad-file', 'it is a folder'],
  ELOOP: ['unsafe-path', 'it is a link'],
  ENAMETOOLONG: ['bad-file', 'its name is too long'],
  EMFILE: ['internal', 'too many files are open'],
  EIO: ['bad-file', 'the disk reported an error'],
};

/** The system's error about a file as a plain sentence that names it; an InnerloopError passes as it is. */
export function fileError(thrown: unknown, path: string, verb: 'read' | 'written' | 'removed'): InnerloopError {
  if (thrown instanceof InnerloopError) return thrown;
  const systemCode = (thrown as { readonly code?: unknown } | null)?.code;
  const [code, reason] = (typeof systemCode === 'string' ? reasons[systemCode] : undefined) ?? [
    'bad-file',
    thrown instanceof Error ? thrown.message : String(thrown),
  ];
  return new InnerloopError(code, `${quoted(basename(path))} cannot be ${verb}: ${reason}.`, {
    detail: thrown instanceof Error ? `${path}\n${thrown.stack ?? thrown.message}` : path,
    cause: thrown,
  });
}

/** A name for use inside a sentence: in quotes, without control characters, at most 120 characters of it. */
export function quoted(name: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: names from archives may hold them
  const plain = name.replace(/[\u0000-\u001f\u007f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, '\ufffd');
  return `"${plain.length > 120 ? `…${plain.slice(-119)}` : plain}"`;
}

const units = ['bytes', 'KB', 'MB', 'GB', 'TB'];

/** A size for people: "64 MB", "1.5 GB"; decimal units, as file managers show them. */
export function shownBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const digits = unit === 0 || value >= 10 || Number.isInteger(value) ? 0 : 1;
  return `${value.toFixed(digits)} ${units[unit]}`;
}
