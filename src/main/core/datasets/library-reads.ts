import { InnerloopError } from '../../../shared/contract/errors.ts';
import type { RequestOf, ResponseOf } from '../../../shared/contract/requests.ts';
import type { TrainerDataset } from '../../../shared/contract/trainer.ts';
import { checkTaskAgainstDataset, type TaskCheck } from '../../../shared/datasets/check-task.ts';
import type { DatasetClass, DatasetSummary } from '../../../shared/datasets/dataset.ts';
import type { LabelCounts } from '../../../shared/datasets/text.ts';
import { unlearnableProblem } from '../../../shared/datasets/text-splits.ts';
import type { ImageExamplesTaskConfig, RunConfig } from '../../../shared/run-config/schema.ts';
import type { ExampleCounts } from '../../../shared/run-config/settle.ts';
import type { RunSummary } from '../../../shared/runs/run.ts';
import { drawExampleSubsets } from '../../../shared/tasks/example-subsets.ts';
import { nearestWord } from '../../../shared/text/nearest-word.ts';
import { quoted } from '../../files/file-error.ts';
import { generatedIds, generatedSummary, isGeneratedId } from './built-ins.ts';
import { examplesFile, pixelsFile, readExamples, splitsFile } from './dataset-folder.ts';
import type { DatasetStore, StoredDataset, StoredImageDataset, StoredTextDataset } from './dataset-store.ts';
import { textDetail } from './texts/text-reads.ts';

/** Questions to the library; none changes anything. `folder` is the library's folder. */

export function summaryOf(store: DatasetStore, dataset: StoredDataset): DatasetSummary {
  const { text: _, ...facts } = dataset.kind === 'text-classes' ? dataset : { ...dataset, text: null };
  return { ...facts, usedByRuns: store.countRunsUsing(dataset.id) };
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

/** As `resolveDataset`; throws `wrong-state` for a dataset of the other kind. */
export function resolveImages(store: DatasetStore, idOrName: string): StoredImageDataset {
  const dataset = resolveDataset(store, idOrName);
  if (dataset.kind === 'image-classes') return dataset;
  throw new InnerloopError('wrong-state', `The dataset ${quoted(dataset.name)} holds texts and no images.`);
}

/** As `resolveDataset`; throws `wrong-state` for a dataset of the other kind. */
export function resolveTexts(store: DatasetStore, idOrName: string): StoredTextDataset {
  const dataset = resolveDataset(store, idOrName);
  if (dataset.kind === 'text-classes') return dataset;
  throw new InnerloopError('wrong-state', `The dataset ${quoted(dataset.name)} holds images and no texts.`);
}

export const datasetNames = (store: DatasetStore): string[] => store.listDatasets().map(({ name }) => name);

export function classesOf(store: DatasetStore, { id, name, version }: StoredDataset): readonly DatasetClass[] {
  const classes = store.getDatasetClasses(id, version);
  if (!classes) throw new InnerloopError('not-found', `The dataset ${quoted(name)} has no version ${version}.`);
  return classes;
}

export function getDataset(store: DatasetStore, idOrName: string): ResponseOf<'datasets.get'> {
  if (isGeneratedId(idOrName)) {
    return { summary: generatedSummary(idOrName, store.countRunsUsing(idOrName)), classes: [], text: null };
  }
  const dataset = resolveDataset(store, idOrName);
  const summary = summaryOf(store, dataset);
  return dataset.kind === 'text-classes'
    ? { summary, classes: [], text: textDetail(store, dataset) }
    : { summary, classes: [...classesOf(store, dataset)], text: null };
}

/** One example of each asked class; a class with fewer gives its last. */
export async function readThumbnails(
  store: DatasetStore,
  folder: string,
  request: RequestOf<'datasets.thumbnails'>,
): Promise<ResponseOf<'datasets.thumbnails'>> {
  const dataset = resolveImages(store, request.id);
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

/** Whether a config's tasks can be drawn from the dataset that it names. */
export function checkTask(store: DatasetStore, config: RunConfig): TaskCheck {
  if (config.task.kind === 'text-classes') return checkTexts(store, config.task.dataset);
  if (config.task.kind !== 'image-classes' && config.task.kind !== 'image-examples') return { errors: [], advice: [] };
  const { dataset: given } = config.task;
  const stored = store.listDatasets();
  const names = stored.filter(({ kind }) => kind === 'image-classes').map(({ name }) => name);
  const dataset = store.getDataset(given);
  if (dataset) {
    const classes = dataset.kind === 'image-classes' ? classesOf(store, dataset) : [];
    return checkTaskAgainstDataset(config, { ...dataset, classes }, names);
  }
  const generated = isGeneratedId(given) ? { ...generatedSummary(given, 0), classes: [] } : null;
  return checkTaskAgainstDataset(config, generated, names);
}

/** A dataset of texts with training texts of at least two labels. */
function checkTexts(store: DatasetStore, given: string): TaskCheck {
  const names = store.listDatasets().flatMap(({ kind, name }) => (kind === 'text-classes' ? [name] : []));
  const dataset = store.getDataset(given);
  const wrong = (message: string): TaskCheck => ({
    errors: [
      {
        path: 'task.dataset',
        message,
        allowed:
          names.length === 0 ? 'a dataset of texts; there is none yet' : `one of ${names.map(quoted).join(', ')}`,
      },
    ],
    advice: [],
  });
  if (!dataset) return wrong(`There is no dataset ${quoted(given)} in the library.`);
  if (dataset.kind !== 'text-classes') return wrong(`${quoted(given)} holds images, and this task needs texts.`);
  const { splits } = dataset;
  if (splits.train.examples < 2) return wrong(`${quoted(given)} has no training texts: change its splits.`);
  const labels = store.getTextVersion(dataset.id, dataset.version)?.labelCounts ?? [];
  const problem =
    unlearnableProblem(labels, splits) ?? (dataset.text.labelMode === 'single' ? oneLabelProblem(labels) : null);
  if (problem !== null) return wrong(`The dataset ${quoted(given)} cannot be learned from. ${problem}`);
  const advice =
    splits.validation.examples > 0
      ? []
      : [
          {
            path: 'task.dataset',
            level: 'warning' as const,
            message: `${quoted(given)} has no validation texts, so the last weights are kept, not the best.`,
          },
        ];
  return { errors: [], advice };
}

function oneLabelProblem(labels: readonly LabelCounts[]): string | null {
  const [first, second] = labels.filter(({ train }) => train > 0);
  if (!first || second) return null;
  return `Its train split has texts of one label only, ${quoted(first.label)}: there is nothing to tell apart. Change its splits.`;
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
  const { train, validation, test } = summaryOf(store, resolveDataset(store, config.task.dataset)).splits;
  return { train: train.examples, validation: validation.examples, test: test.examples };
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
  if (dataset.kind === 'text-classes') {
    return {
      ...facts,
      kind: 'text-classes',
      examplesFile: examplesFile(folder, dataset.id),
      splitsFile: splitsFile(folder, dataset.id, used.version),
      labels: dataset.text.labels,
      labelMode: dataset.text.labelMode,
      examples: dataset.examples,
    };
  }
  return {
    ...facts,
    kind: 'image-classes',
    pixelsFile: pixelsFile(folder, dataset.id),
    layout: dataset.layout,
    classes: [...classesOf(store, { ...dataset, version: used.version })],
  };
}
