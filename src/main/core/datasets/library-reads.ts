import { InnerloopError } from '../../../shared/contract/errors.ts';
import type { RequestOf, ResponseOf } from '../../../shared/contract/requests.ts';
import type { TrainerDataset } from '../../../shared/contract/trainer.ts';
import type { DatasetClass, DatasetSummary } from '../../../shared/datasets/dataset.ts';
import type { ImageExamplesTaskConfig, RunConfig } from '../../../shared/run-config/schema.ts';
import type { ExampleCounts } from '../../../shared/run-config/settle.ts';
import type { RunSummary } from '../../../shared/runs/run.ts';
import { drawExampleSubsets } from '../../../shared/tasks/example-subsets.ts';
import { nearestWord } from '../../../shared/text/nearest-word.ts';
import { quoted } from '../../files/file-error.ts';
import { generatedIds, generatedSummary, isGeneratedId } from './built-ins.ts';
import {
  clipsFile,
  examplesFile,
  pixelsFile,
  readExamples,
  rowsFile,
  splitsFile,
  waveformsFile,
} from './dataset-folder.ts';
import type { DatasetStore, StoredDataset, StoredExampleDataset } from './dataset-store.ts';
import { newestVersion } from './example-versions.ts';
import { textDetail } from './texts/text-reads.ts';

/** Questions to the library; none changes anything. `folder` is the library's folder. */

export function summaryOf(store: DatasetStore, dataset: StoredDataset): DatasetSummary {
  return { ...withoutFacts(dataset), usedByRuns: store.countRunsUsing(dataset.id) };
}

/** What a summary has of a dataset, without what only its kind has. */
function withoutFacts(dataset: StoredDataset) {
  const { text: _text, ...noTexts } = dataset.kind === 'text-classes' ? dataset : { ...dataset, text: null };
  const { table: _table, ...noTable } = noTexts.kind === 'table-classes' ? noTexts : { ...noTexts, table: null };
  const { audio: _audio, ...facts } = noTable.kind === 'audio-classes' ? noTable : { ...noTable, audio: null };
  return facts;
}

/** Generated tasks first, then datasets in the order in which they came. */
export function listDatasets(store: DatasetStore): DatasetSummary[] {
  const generated = generatedIds.map((id) => generatedSummary(id, store.countRunsUsing(id)));
  return [...generated, ...store.listDatasets().map((dataset) => summaryOf(store, dataset))];
}

/** A stored dataset by id or name; throws `not-found` with the nearest name, `wrong-state` for generated tasks. */
export function resolveDataset(store: DatasetStore, idOrName: string): StoredDataset {
  const dataset = store.getDataset(idOrName);
  if (dataset) return dataset;
  if (isGeneratedId(idOrName)) {
    const message = `Tasks of ${idOrName} are generated: they have no files, classes or splits.`;
    throw new InnerloopError('wrong-state', message);
  }
  const nearest = nearestWord(idOrName, datasetNames(store));
  const hint = nearest === undefined ? '' : ` Did you mean ${quoted(nearest)}?`;
  throw new InnerloopError('not-found', `There is no dataset ${quoted(idOrName)}.${hint}`);
}

/** As `resolveDataset`; throws `wrong-state` for a dataset of another kind. */
export function resolveKind<Kind extends StoredDataset['kind']>(
  store: DatasetStore,
  idOrName: string,
  kind: Kind,
): Extract<StoredDataset, { kind: Kind }> {
  const dataset = resolveDataset(store, idOrName);
  if (dataset.kind === kind) return dataset as Extract<StoredDataset, { kind: Kind }>;
  const message = `The dataset ${quoted(dataset.name)} holds ${contentWords[dataset.kind]} and no ${contentWords[kind]}.`;
  throw new InnerloopError('wrong-state', message);
}

const contentWords = {
  'image-classes': 'images',
  'text-classes': 'texts',
  'table-classes': 'rows of a table',
  'audio-classes': 'clips of sound',
} as const;

export const datasetNames = (store: DatasetStore): string[] => store.listDatasets().map(({ name }) => name);

export function classesOf(store: DatasetStore, { id, name, version }: StoredDataset): readonly DatasetClass[] {
  const classes = store.getDatasetClasses(id, version);
  if (!classes) throw new InnerloopError('not-found', `The dataset ${quoted(name)} has no version ${version}.`);
  return classes;
}

export function getDataset(store: DatasetStore, idOrName: string): ResponseOf<'datasets.get'> {
  const none = { classes: [], text: null, table: null, audio: null };
  if (isGeneratedId(idOrName)) {
    return { ...none, summary: generatedSummary(idOrName, store.countRunsUsing(idOrName)) };
  }
  const dataset = resolveDataset(store, idOrName);
  const summary = summaryOf(store, dataset);
  switch (dataset.kind) {
    case 'image-classes':
      return { ...none, summary, classes: [...classesOf(store, dataset)] };
    case 'text-classes':
      return { ...none, summary, text: textDetail(store, dataset) };
    case 'table-classes':
      return { ...none, summary, table: { ...dataset.table, version: newestVersion(store, dataset) } };
    case 'audio-classes':
      return { ...none, summary, audio: { ...dataset.audio, version: newestVersion(store, dataset) } };
  }
}

/** One example of each asked class; a class with fewer gives its last. */
export async function readThumbnails(
  store: DatasetStore,
  folder: string,
  request: RequestOf<'datasets.thumbnails'>,
): Promise<ResponseOf<'datasets.thumbnails'>> {
  const dataset = resolveKind(store, request.id, 'image-classes');
  const classes = classesOf(store, dataset);
  const examples = request.classes.map((index) => {
    const member = classes[index];
    if (!member) {
      throw new InnerloopError(
        'invalid-request',
        `The dataset ${quoted(dataset.name)} has no class number ${index}; its classes are 0 to ${classes.length - 1}.`,
      );
    }
    return member.firstExample + Math.min(request.example, member.examples - 1);
  });
  const { width, height, channels } = dataset.layout;
  return { width, height, channels, pixels: await readExamples(folder, dataset.id, dataset.layout, examples) };
}

/** The present version of the dataset that a config names, as a run stores it; null for generated tasks. */
export function datasetFacts(store: DatasetStore, config: RunConfig): RunSummary['dataset'] {
  if (!('dataset' in config.task)) return null;
  const { id, name, version, sha256 } = resolveDataset(store, config.task.dataset);
  return { id, name, version, digest: sha256 };
}

/** Examples in each split of a config's task; null for generated tasks. */
export function exampleCounts(store: DatasetStore, config: RunConfig): ExampleCounts | null {
  if (!('dataset' in config.task)) return null;
  if (config.task.kind === 'image-examples') return subsetCounts(store, config.task, config.seed);
  const dataset = resolveDataset(store, config.task.dataset);
  const { train, validation, test } = dataset.splits;
  const perClass = 'perClass' in config.task ? config.task.perClass : 0;
  const trained = perClass > 0 ? perClass * train.classes : train.examples;
  return { train: trained, validation: validation.examples, test: test.examples };
}

function subsetCounts(store: DatasetStore, task: ImageExamplesTaskConfig, seed: number): ExampleCounts | null {
  const dataset = resolveDataset(store, task.dataset);
  if (dataset.kind !== 'image-classes') return null; // which a check of the config says
  const { train, validation, test } = drawExampleSubsets(classesOf(store, dataset), task, seed);
  return { train: train.length, validation: validation.length, test: test.length };
}

/** What a trainer reads, of exactly the version that a run uses. Throws when the dataset is gone or cannot be used. */
export function trainerDataset(
  store: DatasetStore,
  folder: string,
  used: Pick<NonNullable<RunSummary['dataset']>, 'id' | 'name' | 'version'>,
): TrainerDataset {
  const dataset = store.getDataset(used.id);
  if (!dataset) throw new InnerloopError('not-found', `The dataset ${quoted(used.name)} was removed from the library.`);
  if (dataset.state !== 'ready') {
    const what = dataset.state === 'unreadable' ? 'cannot be read' : 'changed on the disk since it was imported';
    throw new InnerloopError('bad-file', `The dataset ${quoted(dataset.name)} ${what}. Verify it, or import it again.`);
  }
  const facts = { id: dataset.id, name: dataset.name, version: used.version, digest: dataset.sha256 };
  switch (dataset.kind) {
    case 'image-classes': {
      const classes = [...classesOf(store, { ...dataset, version: used.version })];
      return {
        ...facts,
        kind: dataset.kind,
        pixelsFile: pixelsFile(folder, dataset.id),
        layout: dataset.layout,
        classes,
      };
    }
    case 'text-classes':
    case 'table-classes':
    case 'audio-classes':
      return { ...facts, ...examplesOf(folder, dataset), splitsFile: splitsFile(folder, dataset.id, used.version) };
  }
}

/** What a trainer reads of a kind of examples, their splits apart. */
function examplesOf(folder: string, dataset: StoredExampleDataset) {
  const { id, examples } = dataset;
  if (dataset.kind === 'text-classes') {
    const { labels, labelMode } = dataset.text;
    return { kind: dataset.kind, examplesFile: examplesFile(folder, id), labels, labelMode, examples };
  }
  if (dataset.kind === 'table-classes') {
    const { labels, columns } = dataset.table;
    return { kind: dataset.kind, rowsFile: rowsFile(folder, id), labels, columns, rows: examples };
  }
  const { labels, layout } = dataset.audio;
  const files = { waveformsFile: waveformsFile(folder, id), clipsFile: clipsFile(folder, id) };
  return { kind: dataset.kind, ...files, labels, layout, clips: examples };
}
