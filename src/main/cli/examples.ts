import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** `resources/examples` above the running program: three folders up in a checkout, two in a bundle. */
export function examplesFolder(runningEntry: string): string | null {
  let folder = dirname(runningEntry);
  for (let up = 0; up < 4; up++) {
    const candidate = join(folder, 'resources', 'examples');
    if (existsSync(candidate)) return candidate;
    folder = dirname(folder);
  }
  return null;
}

/** Names of the examples, without `.json`. */
export function exampleNames(folder: string | null): readonly string[] {
  if (folder === null) return [];
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
  return files.map((file) => file.slice(0, -'.json'.length)).sort();
}
