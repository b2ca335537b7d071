import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';

const recordSchema = z.looseObject({ electron: z.looseObject({ version: z.string() }).nullish() });

/**
 * Version of the Electron that set-up put into this checkout, from `node_modules/.innerloop/runtime.json` beside or
 * above the running program; null when set-up has not been there or prepared no window.
 */
export function installedElectron(runningEntry: string): string | null {
  let folder = dirname(runningEntry);
  for (let parent = dirname(folder); ; folder = parent, parent = dirname(folder)) {
    const text = readOrNull(join(folder, 'node_modules', '.innerloop', 'runtime.json'));
    if (text !== null) return versionIn(text);
    if (parent === folder) return null;
  }
}

function versionIn(text: string): string | null {
  try {
    return recordSchema.parse(JSON.parse(text)).electron?.version ?? null;
  } catch {
    return null; // damaged: the next set-up writes it again
  }
}

function readOrNull(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
