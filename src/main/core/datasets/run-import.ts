import { join } from 'node:path';
import { InnerloopError } from '../../../shared/contract/errors.ts';
import type { PixelLayout, SplitPlan } from '../../../shared/datasets/dataset.ts';
import { planSplits } from '../../../shared/datasets/split-plan.ts';
import { defaultTextImport } from '../../../shared/datasets/text.ts';
import { quoted } from '../../files/file-error.ts';
import type { FileSource } from '../../files/file-source.ts';
import { addDataset } from './add-dataset.ts';
import { importAudio } from './audio/import-audio.ts';
import { checkImage } from './check-images.ts';
import { type CollectedClass, type CollectedClasses, collectClasses } from './collect-classes.ts';
import { type ConvertedClass, convertImages } from './convert-images.ts';
import { abandonAdding, startAdding } from './dataset-folder.ts';
import { createImageDecoder } from './image-decoder.ts';
import { imagePlan } from './image-plan.ts';
import type { ImportOrder, ImportSurroundings } from './import-order.ts';
import { mapInOrder } from './map-in-order.ts';
import { type AskedKind, openSource } from './open-source.ts';
import { createPixelFile, inspectPixels } from './pixel-file.ts';
import { requireSpace } from './require-space.ts';
import { importTable } from './tables/import-table.ts';
import { importTexts } from './texts/import-texts.ts';

/**
 * Imports an archive, folder or table as what it holds: images or texts. The user's files are only read.
 * Nothing is added until everything is done; when it throws, or the process dies, nothing of it is left.
 */
export async function runImport(order: ImportOrder, around: ImportSurroundings): Promise<void> {
  const { request } = order;
  const { progress, signal } = around;
  progress.stage('scanning', 0);
  const opened = await openSource(request.source, importedAs(request), {
    ...(request.table ?? request.text ?? defaultTextImport),
    signal,
    onFound: progress.done,
  });
  try {
    if ('rows' in opened) await (opened.kind === 'texts' ? importTexts : importTable)(order, opened.rows, around);
    else await (opened.kind === 'audio' ? importAudio : importImages)(order, opened.files, around);
  } finally {
    await ('rows' in opened ? opened.rows : opened.files).close();
  }
}

/** Choices of one kind say what a source is, where nothing else does; those of texts and tables both leave it open. */
function importedAs({ as, text, table, audio }: ImportOrder['request']): AskedKind {
  if (as === 'omniglot' || as === 'folder-per-class') return 'images';
  if (as !== 'auto') return as;
  if (table) return text ? 'auto' : 'table';
  if (audio) return 'audio';
  return text ? 'auto-text' : 'auto';
}

/** Scans, checks every header, converts, splits. */
async function importImages(order: ImportOrder, source: FileSource, around: ImportSurroundings): Promise<void> {
  const { progress } = around;
  const { request } = order;
  progress.note({ kind: 'image-classes' });
  const as = request.as === 'omniglot' || request.as === 'folder-per-class' ? request.as : 'auto';
  const plan = imagePlan(request.splits);
  const collected = collectClasses(source.files, source.name.replace(/\.zip$/i, ''), as);
  progress.leaveOut([...source.leftOut, ...collected.leftOut]);
  planSplits(plan, collected.classes); // a mistyped name is said now and not after the work
  const classes = await checkImages(source, collected.classes, around);
  await checkSpace(order, around.folder, classes);
  await convertAndAdd(order, source, { ...collected, classes, plan }, around);
}

/** The classes without the files that are no images. */
async function checkImages(
  source: FileSource,
  classes: readonly CollectedClass[],
  { progress, signal }: ImportSurroundings,
): Promise<readonly CollectedClass[]> {
  const files = classes.flatMap((collected) => collected.files);
  progress.stage('checking', files.length);
  const unusable = new Set<string>();
  let done = 0;
  for await (const leftOut of mapInOrder(files, 4, (file) => checkImage(source, file))) {
    signal.throwIfAborted();
    if (leftOut) {
      unusable.add(leftOut.file);
      progress.leaveOut([leftOut]);
    }
    done += 1;
    progress.done(done);
  }
  const checked = classes
    .map((collected) => ({ ...collected, files: collected.files.filter(({ path }) => !unusable.has(path)) }))
    .filter((collected) => collected.files.length > 0);
  if (checked.length === 0) throw nothingFound(source);
  progress.note({ classes: checked.length, examples: files.length - unusable.size });
  return checked;
}

function nothingFound(source: FileSource): InnerloopError {
  return new InnerloopError(
    'bad-file',
    `No classes were found in ${quoted(source.name)}. Expected PNG or JPEG images in folders, class/image or alphabet/character/image, at least two classes with at least two images each.`,
  );
}

/** Grey is assumed; a full disk later is still noticed. */
async function checkSpace(order: ImportOrder, folder: string, classes: readonly CollectedClass[]): Promise<void> {
  const images = classes.reduce((sum, collected) => sum + collected.files.length, 0);
  await requireSpace(folder, images * order.request.size ** 2);
}

async function convertAndAdd(
  order: ImportOrder,
  source: FileSource,
  collected: CollectedClasses & { readonly plan: SplitPlan },
  around: ImportSurroundings,
): Promise<void> {
  const temporary = await startAdding(around.folder, order.datasetId);
  try {
    const pixelsPath = join(temporary, 'pixels.u8');
    const { classes, channels } = await convert(order, source, collected.classes, pixelsPath, around);
    if (classes.length < 2) throw nothingFound(source);
    around.progress.stage('splitting', 1);
    const splits = planSplits(withoutDropped(collected.plan, classes), classes);
    const { sha256, polarity } = await inspectPixels(pixelsPath, channels, around.signal);
    const { size } = order.request;
    const layout: PixelLayout = { width: size, height: size, channels, polarity };
    around.signal.throwIfAborted();
    await addDataset(around.store, around.folder, {
      id: order.datasetId,
      name: order.name,
      origin: 'imported',
      source: `${source.name}, ${collected.importer.label}`,
      sha256,
      layout,
      classes: classes.map((converted, i) => ({ ...converted, split: splits[i]! })),
      createdAt: around.now(),
      signal: around.signal,
    });
  } catch (thrown) {
    await abandonAdding(around.folder, order.datasetId);
    throw thrown;
  }
}

/** A class that had too few images is gone, and so is its place in the plan. */
function withoutDropped(plan: SplitPlan, classes: readonly ConvertedClass[]): SplitPlan {
  if (plan.kind === 'drawn') return plan;
  const names = new Set(classes.map((converted) => (plan.by === 'group' ? converted.group : converted.name)));
  return { ...plan, assign: Object.fromEntries(Object.entries(plan.assign).filter(([name]) => names.has(name))) };
}

async function convert(
  order: ImportOrder,
  source: FileSource,
  collected: readonly CollectedClass[],
  pixelsPath: string,
  { progress, signal }: ImportSurroundings,
): Promise<{ readonly classes: readonly ConvertedClass[]; readonly channels: number }> {
  const images = collected.reduce((sum, { files }) => sum + files.length, 0);
  progress.stage('converting', images);
  const { size } = order.request;
  const decoder = await createImageDecoder(size);
  const pixels = await createPixelFile(pixelsPath, size * size);
  try {
    const classes = await convertImages(collected, { source, decoder, pixels, progress, signal });
    await pixels.finish();
    return { classes, channels: pixels.channels };
  } catch (thrown) {
    await pixels.close();
    throw thrown;
  }
}
