import type { FieldError } from '../run-config/field-error.ts';
import { modelFacts, smallestImageSide } from '../run-config/model-facts.ts';
import type { RunConfig } from '../run-config/schema.ts';
import type { Split } from '../runs/run.ts';
import { subsetProblem } from '../tasks/example-subsets.ts';
import { nearestWord } from '../text/nearest-word.ts';
import type { DatasetClass, DatasetSummary } from './dataset.ts';

/** A dataset as far as a task depends on it. */
export interface TaskDataset {
  readonly name: string;
  readonly kind: DatasetSummary['kind'];
  readonly state: DatasetSummary['state'];
  readonly layout: DatasetSummary['layout'];
  readonly classes: readonly Pick<DatasetClass, 'name' | 'examples' | 'split'>[];
}

export interface TaskCheck {
  readonly errors: readonly FieldError[];
  /** Notes that do not block a launch. */
  readonly advice: readonly {
    readonly path: string;
    readonly message: string;
    readonly level: 'ok' | 'info' | 'warning';
  }[];
}

type ImageTask = Extract<RunConfig['task'], { kind: 'image-classes' }>;

/**
 * Whether a run's tasks can be drawn from the dataset that it names: enough classes in every split that it uses, and
 * enough examples in each class. `dataset` is null when none has the name; `names` are those that exist.
 */
export function checkTaskAgainstDataset(
  config: RunConfig,
  dataset: TaskDataset | null,
  names: readonly string[],
): TaskCheck {
  const { task } = config;
  if (task.kind !== 'image-classes' && task.kind !== 'image-examples') return { errors: [], advice: [] };
  const unusable = datasetProblem(task.dataset, dataset, names);
  if (unusable) return { errors: [unusable], advice: [] };
  const known = dataset!;
  if (task.kind === 'image-examples') {
    const problem = subsetProblem(known.classes, task);
    return { errors: [...(problem === null ? [] : [problem]), ...sizeErrors(config, known)], advice: [] };
  }
  const used = usedSplits(config);
  const errors = [
    ...classErrors(task, known, used),
    ...exampleErrors(task, known, used),
    ...trainingErrors(config, known),
    ...sizeErrors(config, known),
  ];
  return { errors, advice: errors.length > 0 ? [] : [summary(task, known)] };
}

function datasetProblem(given: string, dataset: TaskDataset | null, names: readonly string[]): FieldError | null {
  const path = 'task.dataset';
  const allowed = names.length > 0 ? names.join(', ') : 'a dataset of the library';
  if (dataset === null) {
    const nearest = nearestWord(given, names);
    const hint = nearest === undefined ? '' : ` Did you mean "${nearest}"?`;
    const message = `There is no dataset "${given}".${hint}`;
    return { path, message, allowed, ...(nearest === undefined ? {} : { nearest }) };
  }
  if (dataset.kind === 'generated') {
    const message = `"${dataset.name}" has no image classes; its tasks are generated (task.kind ${dataset.name}).`;
    return { path, message, allowed };
  }
  if (dataset.kind !== 'image-classes') {
    const holds = { 'text-classes': 'texts', 'table-classes': 'rows of a table', 'audio-classes': 'clips of sound' };
    return {
      path,
      message: `"${dataset.name}" holds ${holds[dataset.kind]}, and tasks of this kind need image classes.`,
      allowed,
    };
  }
  if (dataset.state === 'ready') return null;
  const what = dataset.state === 'unreadable' ? 'cannot be read' : 'changed on the disk since it was imported';
  return { path, message: `The dataset "${dataset.name}" ${what}; verify it or import it again.`, allowed };
}

interface UsedSplit {
  readonly split: Split;
  readonly purpose: string;
  /** The field that would switch this use off, and the value that does. */
  readonly offSwitch: { readonly path: string; readonly value: number | string } | null;
}

/** Splits that the run draws episodes from, each once. */
function usedSplits(config: RunConfig): readonly UsedSplit[] {
  const { every, finalSplit } = config.evaluation;
  const used: UsedSplit[] = [{ split: 'train', purpose: 'training', offSwitch: null }];
  if (every > 0) {
    used.push({ split: 'validation', purpose: 'validation', offSwitch: { path: 'evaluation.every', value: 0 } });
  }
  if (finalSplit !== 'none' && !used.some(({ split }) => split === finalSplit)) {
    const offSwitch = { path: 'evaluation.finalSplit', value: 'none' };
    used.push({ split: finalSplit, purpose: 'the final evaluation', offSwitch });
  }
  return used;
}

/** Rotations make four classes of each, in training only; none of them stands among the rest of its own class. */
const factor = (task: ImageTask, split: Split): number =>
  split === 'train' && task.rotations === 'on' && task.labels === 'classes' ? 4 : 1;

function classErrors(task: ImageTask, dataset: TaskDataset, used: readonly UsedSplit[]): FieldError[] {
  const short = used
    .map((use) => ({ ...use, available: countClasses(dataset, use.split) * factor(task, use.split) }))
    .filter(({ available }) => available < task.way);
  // A split with too few classes for any task is a matter of its use; one with some is a matter of the way.
  const unfit = short.filter(({ available }) => available < 2).map((use) => unfitSplit(dataset, use));
  const narrow = short.filter(({ available }) => available >= 2);
  if (narrow.length === 0) return unfit;
  const narrowest = narrow.reduce((least, next) => (next.available < least.available ? next : least));
  const turned = factor(task, narrowest.split) > 1 ? ' (rotations counted)' : '';
  return [
    ...unfit,
    {
      path: 'task.way',
      message: `The ${narrowest.split} split of "${dataset.name}" has ${narrowest.available} classes${turned}; ${task.way}-way tasks for ${narrowest.purpose} need ${task.way}.`,
      allowed: `at most ${narrowest.available}`,
      nearest: narrowest.available,
    },
  ];
}

function unfitSplit(dataset: TaskDataset, use: UsedSplit & { readonly available: number }): FieldError {
  const has = use.available === 0 ? 'no classes' : 'one class only';
  const message = `The ${use.split} split of "${dataset.name}" has ${has}, but ${use.purpose} draws tasks from it.`;
  if (!use.offSwitch) {
    return { path: 'task.dataset', message, allowed: 'a dataset with at least two training classes' };
  }
  const { path, value } = use.offSwitch;
  return { path, message, allowed: `${value}, or other splits of the dataset`, nearest: value };
}

const countClasses = (dataset: TaskDataset, split: Split): number =>
  dataset.classes.filter((candidate) => candidate.split === split).length;

/** An episode needs shot + query different examples of each class that it draws. */
function exampleErrors(task: ImageTask, dataset: TaskDataset, used: readonly UsedSplit[]): FieldError[] {
  const drawn = dataset.classes.filter(({ split }) => used.some((use) => use.split === split));
  if (drawn.length === 0) return [];
  const smallest = drawn.reduce((least, next) => (next.examples < least.examples ? next : least));
  const need = task.shot + task.query;
  if (smallest.examples >= need) return [];
  const owner = drawn.every(({ examples }) => examples === smallest.examples) ? 'A class' : `Class "${smallest.name}"`;
  const message = `${owner} has ${count(smallest.examples, noun(dataset))}; ${count(task.shot, 'shot')} + ${count(task.query, 'query')} need ${need}.`;
  const left = smallest.examples - task.shot;
  if (left >= 1) return [{ path: 'task.query', message, allowed: `at most ${left}`, nearest: left }];
  const most = smallest.examples - task.query;
  if (most >= 1) return [{ path: 'task.shot', message, allowed: `at most ${most}`, nearest: most }];
  const allowed = `shot and query together at most ${smallest.examples}`;
  return [{ path: 'task.shot', message, allowed, nearest: Math.max(1, smallest.examples - 1) }];
}

/** An algorithm may train with another way, shot or query than it is tested with; 0 leaves them alone. */
function trainingErrors({ algorithm, task }: RunConfig, dataset: TaskDataset): FieldError[] {
  if (task.kind !== 'image-classes') return [];
  const training = dataset.classes.filter(({ split }) => split === 'train');
  if (training.length < 2) return []; // which is said of the dataset
  const errors: FieldError[] = [];
  const available = training.length * factor(task, 'train');
  if (algorithm.kind === 'proto-net' && algorithm.trainWay > available) {
    const turned = factor(task, 'train') > 1 ? ' (rotations counted)' : '';
    const allowed = `at most ${available}, or 0 for the way of the test`;
    const has = `the train split of "${dataset.name}" has ${available} classes${turned}`;
    const message = `algorithm.trainWay is ${algorithm.trainWay}, but ${has}; allowed: ${allowed}.`;
    errors.push({ path: 'algorithm.trainWay', message, allowed, nearest: available });
  }
  const own = ownTrainingSize(algorithm);
  if (own === null) return errors;
  const smallest = Math.min(...training.map(({ examples }) => examples));
  const shot = own.field === 'trainShot' ? own.examples : task.shot;
  const query = own.field === 'trainQuery' ? own.examples : task.query;
  if (smallest >= shot + query) return errors;
  const left = smallest - (own.field === 'trainShot' ? task.query : task.shot);
  if (left < 1) return errors; // which is said of the task
  const path = `algorithm.${own.field}`;
  const allowed = `at most ${left}, or 0 for as many as at the test`;
  const has = `a training class of "${dataset.name}" has ${count(smallest, noun(dataset))}`;
  const need = `${count(shot, 'shot')} + ${count(query, 'query')} need ${shot + query}`;
  const message = `${path} is ${own.examples}, but ${has}, and ${need}; allowed: ${allowed}.`;
  return [...errors, { path, message, allowed, nearest: left }];
}

function ownTrainingSize(algorithm: RunConfig['algorithm']): {
  readonly field: 'trainShot' | 'trainQuery';
  readonly examples: number;
} | null {
  if (algorithm.kind === 'proto-net' && algorithm.trainQuery > 0) {
    return { field: 'trainQuery', examples: algorithm.trainQuery };
  }
  if (algorithm.kind === 'reptile' && algorithm.trainShot > 0) {
    return { field: 'trainShot', examples: algorithm.trainShot };
  }
  return null;
}

/** Networks that pool after each of their four blocks need images that can be halved so often. */
function sizeErrors({ model }: RunConfig, { name, layout }: TaskDataset): FieldError[] {
  const smallest = smallestImageSide(model);
  if (layout === null || Math.min(layout.width, layout.height) >= smallest) return [];
  const pooling = model.kind === 'conv4';
  const network = pooling ? 'Conv4 with max-pooling' : modelFacts[model.kind].label;
  return [
    {
      path: pooling ? 'model.downsampling' : 'model.kind',
      message: `${network} needs images of at least ${smallest} x ${smallest} pixels; those of "${name}" are ${layout.width} x ${layout.height}.`,
      allowed: pooling ? 'stride' : 'conv4 with strides, cnn1d or mlp',
      nearest: pooling ? 'stride' : 'conv4',
    },
  ];
}

function summary(task: ImageTask, dataset: TaskDataset): TaskCheck['advice'][number] {
  const training = dataset.classes.filter(({ split }) => split === 'train');
  const sizes = training.map(({ examples }) => examples);
  const [least, most] = [Math.min(...sizes), Math.max(...sizes)];
  const turned = task.rotations === 'on' ? ` (${(training.length * 4).toLocaleString('en')} with rotations)` : '';
  const each = least === most ? `${least}` : `${least} to ${most}`;
  const examples = task.shot + task.query;
  const taken =
    task.labels === 'classes'
      ? `${task.way} classes and ${examples} of each`
      : `one class, ${examples} of it and ${examples} of any others`;
  const message = `${training.length.toLocaleString('en')} training classes${turned} with ${each} ${noun(dataset)}s each; a task takes ${taken}.`;
  return { path: 'task.dataset', message, level: 'ok' };
}

const noun = (dataset: TaskDataset): string => (dataset.layout?.polarity === 'ink-dark' ? 'drawing' : 'image');

function count(number: number, word: string): string {
  const plural = word.endsWith('y') ? `${word.slice(0, -1)}ies` : `${word}s`;
  return `${number} ${number === 1 ? word : plural}`;
}
