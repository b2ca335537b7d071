/** A compiled graph passes through the file system on its way into TensorFlow, which loads SavedModels from folders only. */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { GraphFolder } from '../learning/compile/compiled-step.ts';

/** Writes `savedModel` into a new temporary folder; on failure nothing is left. */
export function writeGraphFolder(savedModel: Uint8Array): GraphFolder {
  const path = mkdtempSync(join(tmpdir(), 'innerloop-graph-'));
  const remove = () => rmSync(path, { recursive: true, force: true });
  try {
    mkdirSync(join(path, 'variables')); // looked for by the loader; ours are filled by hand
    writeFileSync(join(path, 'saved_model.pb'), savedModel);
  } catch (error) {
    remove();
    throw error;
  }
  return { path, remove };
}
