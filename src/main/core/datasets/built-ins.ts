import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { DatasetClass, DatasetSummary } from '../../../shared/datasets/dataset.ts';
import { planSplits } from '../../../shared/datasets/split-plan.ts';
import { writeAll } from '../../files/atomic-write.ts';
import { sha256OfFile } from '../../files/digest.ts';
import { fileError } from '../../files/file-error.ts';
import { addDataset, manifestOf } from './add-dataset.ts';
import { abandonAdding, glance, replaceFolder, sealAdding, startAdding } from './dataset-folder.ts';
import type { DatasetStore } from './dataset-store.ts';
import { generateGlyphs, glyphsLayout, glyphsSplit } from './glyphs.ts';

export const glyphsId = 'glyphs';

const nothing = { classes: 0, examples: 0 };

const generatedSources = {
  sinusoid: 'Curves, drawn anew for every task by the seed of a run',
  'binary-points': 'Points of two classes in the plane, drawn anew for every task by the seed of a run',
} as const;

/** Generated tasks of the library; each is named like the kind of task that it serves. */
export type GeneratedId = keyof typeof generatedSources;
export const generatedIds = Object.keys(generatedSources) as readonly GeneratedId[];

export const isGeneratedId = (id: string): id is GeneratedId => id in generatedSources;

/** The library's row for generated tasks: no files, no classes, an endless number of examples. */
export const generatedSummary = (id: GeneratedId, usedByRuns: number): DatasetSummary => ({
  id,
  name: id,
  kind: 'generated',
  origin: 'built-in',
  source: generatedSources[id],
  version: 1,
  sha256: '',
  bytes: 0,
  classes: 0,
  examples: 0,
  layout: null,
  splits: { train: nothing, validation: nothing, test: nothing, unused: nothing },
  createdAt: 0,
  verifiedAt: null,
  usedByRuns,
  state: 'ready',
});

/** Puts the glyphs into the library at its first start, and back into their place when their file was lost or changed. */
export async function ensureGlyphs(store: DatasetStore, folder: string, createdAt: number): Promise<void> {
  const stored = store.getDataset(glyphsId);
  if (stored && (await glance(folder, stored)) === 'ready') return;
  // A spare has an id without a row: a crash leaves a folder that the next start removes.
  const id = stored ? `spare-${glyphsId}` : glyphsId;
  const temporary = await startAdding(folder, id);
  try {
    const pixels = join(temporary, 'pixels.u8');
    const classes = await writeGlyphs(pixels);
    const facts = { layout: glyphsLayout, classes, sha256: await sha256OfFile(pixels) };
    if (!stored) {
      const source = 'Made-up alphabets, drawn by the app';
      await addDataset(store, folder, { ...facts, id, name: glyphsId, origin: 'built-in', source, createdAt });
    } else if (stored.sha256 === facts.sha256) {
      await sealAdding(folder, id, manifestOf(facts));
      await replaceFolder(folder, glyphsId, id);
    } // Other pixels than the row's (an older generator's) cannot stand in for them: it stays as it is.
  } finally {
    await abandonAdding(folder, id);
  }
}

/** Writes all drawings and returns the classes, alphabets whole in one split. */
async function writeGlyphs(path: string): Promise<readonly DatasetClass[]> {
  const classes: Omit<DatasetClass, 'split'>[] = [];
  const handle = await open(path, 'wx');
  try {
    let position = 0;
    let firstExample = 0;
    for (const alphabet of generateGlyphs()) {
      await writeAll(handle, alphabet.pixels, position);
      position += alphabet.pixels.byteLength;
      for (const member of alphabet.classes) {
        classes.push({ ...member, index: classes.length, firstExample });
        firstExample += member.examples;
      }
      await setImmediate(); // drawing an alphabet takes some 30 ms; others are served in between
    }
    await handle.sync();
  } catch (thrown) {
    throw fileError(thrown, path, 'written');
  } finally {
    await handle.close();
  }
  const splits = planSplits(glyphsSplit, classes);
  return classes.map((member, i) => ({ ...member, split: splits[i]! }));
}
