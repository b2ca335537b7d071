import { clipInputErrors, isClipTask } from '../../../shared/datasets/check-clip-inputs.ts';
import { checkTaskAgainstDataset, type TaskCheck } from '../../../shared/datasets/check-task.ts';
import { type ExampleKind, exampleKinds } from '../../../shared/datasets/dataset.ts';
import type { LabelCounts } from '../../../shared/datasets/text.ts';
import { unlearnableProblem } from '../../../shared/datasets/text-splits.ts';
import type { RunConfig } from '../../../shared/run-config/schema.ts';
import { quoted } from '../../files/file-error.ts';
import { generatedSummary, isGeneratedId } from './built-ins.ts';
import type { DatasetStore, StoredDataset } from './dataset-store.ts';
import { classesOf } from './library-reads.ts';

type ExampleTask = Extract<RunConfig['task'], { kind: ExampleKind }>;

const isOfExamples = (task: RunConfig['task']): task is ExampleTask =>
  (exampleKinds as readonly string[]).includes(task.kind);

/** Whether a config's tasks can be drawn from the dataset that it names. */
export function checkTask(store: DatasetStore, config: RunConfig): TaskCheck {
  if (isOfExamples(config.task)) return checkExamples(store, config.task, config.model);
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

/** What a dataset of each kind holds, and what it is a dataset of. */
const held = {
  'image-classes': 'images',
  'text-classes': 'texts',
  'table-classes': 'rows of a table',
  'audio-classes': 'clips of sound',
} as const;
const examplesWords = { 'text-classes': 'texts', 'table-classes': 'rows', 'audio-classes': 'clips' } as const;

/** A dataset of the task's kind with training examples of at least two labels, and enough of each. */
function checkExamples(store: DatasetStore, task: ExampleTask, model: RunConfig['model']): TaskCheck {
  const { kind, dataset: given } = task;
  const names = store.listDatasets().flatMap((dataset) => (dataset.kind === kind ? [dataset.name] : []));
  const wrong = (message: string): TaskCheck => ({
    errors: [
      {
        path: 'task.dataset',
        message,
        allowed:
          names.length === 0
            ? `a dataset of ${held[kind]}; there is none yet`
            : `one of ${names.map(quoted).join(', ')}`,
      },
    ],
    advice: [],
  });
  const dataset = store.getDataset(given);
  if (!dataset) return wrong(`There is no dataset ${quoted(given)} in the library.`);
  if (dataset.kind !== kind) {
    return wrong(`${quoted(given)} holds ${held[dataset.kind]}, and this task needs ${held[kind]}.`);
  }
  const { splits } = dataset;
  if (splits.train.examples < 2)
    return wrong(`${quoted(given)} has no training ${examplesWords[kind]}: change its splits.`);
  const labels = store.getTextVersion(dataset.id, dataset.version)?.labelCounts ?? [];
  const problem =
    unlearnableProblem(labels, splits) ?? (isMulti(dataset) ? null : oneLabelProblem(labels, examplesWords[kind]));
  if (problem !== null) return wrong(`The dataset ${quoted(given)} cannot be learned from. ${problem}`);
  const errors = [
    ...('perClass' in task ? perClassErrors(task, labels, examplesWords[kind]) : []),
    ...(dataset.kind === 'audio-classes' && isClipTask(task)
      ? clipInputErrors(task, model, { name: given, layout: dataset.audio.layout })
      : []),
  ];
  const message = `${quoted(given)} has no validation ${examplesWords[kind]}, so the last weights are kept, not the best.`;
  const advice = splits.validation.examples > 0 ? [] : [{ path: 'task.dataset', level: 'warning' as const, message }];
  return { errors, advice };
}

/** Examples of several labels, of which all may have the same one. */
const isMulti = (dataset: StoredDataset): boolean =>
  dataset.kind === 'text-classes' && dataset.text.labelMode === 'multi';

function oneLabelProblem(labels: readonly LabelCounts[], examples: string): string | null {
  const [first, second] = labels.filter(({ train }) => train > 0);
  if (!first || second) return null;
  return `Its train split has ${examples} of one label only, ${quoted(first.label)}: there is nothing to tell apart. Change its splits.`;
}

/** So many of each class can be drawn as the smallest one has in the train split. */
function perClassErrors(
  { perClass, dataset }: { readonly perClass: number; readonly dataset: string },
  labels: readonly LabelCounts[],
  examples: string,
): TaskCheck['errors'] {
  const trained = labels.filter(({ train }) => train > 0);
  const smallest = trained.reduce((least, next) => (next.train < least.train ? next : least), trained[0]!);
  if (perClass <= smallest.train) return [];
  const message = `The class ${quoted(smallest.label)} of ${quoted(dataset)} has ${smallest.train.toLocaleString('en')} training ${examples}; task.perClass is ${perClass.toLocaleString('en')}.`;
  const allowed = `at most ${smallest.train}, or 0 for all`;
  return [{ path: 'task.perClass', message, allowed, nearest: smallest.train }];
}
