import { basename, dirname, extname, join } from 'node:path';

/** The three Node programs of the product; each is one entry file. */
export type EntryName = 'core' | 'trainer' | 'cli';

/**
 * Path of a program's entry file, found beside the program that is running.
 *
 * In a checkout Node runs the TypeScript sources (`src/main/core/index.ts`); the app and its packages run the bundles
 * (`out/main/core.cjs`). The running entry tells which: both layouts keep all entries under one folder.
 */
export function entryFile(name: EntryName, runningEntry: string): string {
  const folder = dirname(runningEntry);
  if (extname(runningEntry) === '.ts') return join(dirname(folder), name, 'index.ts');
  if (basename(runningEntry).endsWith('.cjs')) return join(folder, `${name}.cjs`);
  throw new Error(`Cannot find the ${name} program: ${runningEntry} is neither a source nor a bundled entry.`);
}
