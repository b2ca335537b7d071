import type { DatasetClass } from '../datasets/dataset.ts';
import { createRandom } from '../random/random.ts';
import type { ImageExamplesTaskConfig } from '../run-config/schema.ts';

export type SubsetTask = Pick<
  ImageExamplesTaskConfig,
  'classSplit' | 'classes' | 'perClass' | 'validationPerClass' | 'testPerClass'
>;
export type SubsetClass = Pick<DatasetClass, 'index' | 'name' | 'split' | 'firstExample' | 'examples'>;

/** Labelled examples of some classes of a dataset, divided by example within each class. */
export interface ExampleSubsets {
  /** The drawn classes in the dataset's order; a label is a position here. */
  readonly classes: readonly SubsetClass[];
  readonly train: readonly LabelledExample[];
  readonly validation: readonly LabelledExample[];
  readonly test: readonly LabelledExample[];
}

export interface LabelledExample {
  /** Position in the dataset. */
  readonly example: number;
  readonly label: number;
}

/**
 * Draws classes, then the examples of each: test examples first, then those of validation, then those to train on. So
 * the seed alone decides the classes and the test examples, and a smaller `perClass` is the beginning of a larger one:
 * runs of one seed are paired, whatever they start from and however many examples they are given.
 * Throws a plain sentence that names the field where the dataset has too few.
 */
export function drawExampleSubsets(classes: readonly SubsetClass[], task: SubsetTask, seed: number): ExampleSubsets {
  const problem = subsetProblem(classes, task);
  if (problem !== null) throw new Error(problem.message);
  const random = createRandom(seed, 'image-examples');
  const drawn = drawnClasses(classes, task, random.stream('classes'));
  const parts = drawn.map((one, label) => {
    const order = random.stream(`class-${one.index}`).sample(one.examples, one.examples);
    const examples = order.map((position) => ({ example: one.firstExample + position, label }));
    const training = task.testPerClass + task.validationPerClass;
    return {
      test: examples.slice(0, task.testPerClass),
      validation: examples.slice(task.testPerClass, training),
      train: task.perClass === 0 ? examples.slice(training) : examples.slice(training, training + task.perClass),
    };
  });
  return {
    classes: drawn,
    train: parts.flatMap(({ train }) => train),
    validation: parts.flatMap(({ validation }) => validation),
    test: parts.flatMap(({ test }) => test),
  };
}

function drawnClasses(
  classes: readonly SubsetClass[],
  task: SubsetTask,
  random: ReturnType<typeof createRandom>,
): readonly SubsetClass[] {
  const candidates = candidateClasses(classes, task);
  if (task.classes === 0) return candidates;
  const places = random.sample(candidates.length, candidates.length).slice(0, task.classes);
  return places.sort((a, b) => a - b).map((place) => candidates[place]!);
}

const candidateClasses = <Class extends Pick<DatasetClass, 'split'>>(
  classes: readonly Class[],
  { classSplit }: SubsetTask,
): readonly Class[] => classes.filter(({ split }) => classSplit === 'all' || split === classSplit);

export interface SubsetProblem {
  readonly path: string;
  readonly message: string;
  readonly allowed: string;
  readonly nearest?: number;
}

/** The first field that asks for more than the classes have; null where everything is there. */
export function subsetProblem(
  classes: readonly Pick<DatasetClass, 'name' | 'split' | 'examples'>[],
  task: SubsetTask,
): SubsetProblem | null {
  const candidates = candidateClasses(classes, task);
  const where = task.classSplit === 'all' ? 'The dataset' : `The ${task.classSplit} split of the dataset`;
  const has = `${where} has ${candidates.length === 1 ? 'one class' : `${candidates.length || 'no'} classes`}`;
  if (candidates.length < 2) {
    const message = `${has}; at least two are needed to be told apart.`;
    return { path: 'task.classSplit', message, allowed: 'a split with at least two classes, or all' };
  }
  if (task.classes > candidates.length) {
    const allowed = `at most ${candidates.length}, or 0 for all`;
    const message = `${has}, and task.classes is ${task.classes}; allowed: ${allowed}.`;
    return { path: 'task.classes', message, allowed, nearest: candidates.length };
  }
  const smallest = candidates.reduce((least, next) => (next.examples < least.examples ? next : least));
  const [name, least] = [smallest.name, smallest.examples];
  const held = task.testPerClass + task.validationPerClass;
  const asked = `${task.testPerClass} test and ${task.validationPerClass} validation examples`;
  if (least <= held) {
    const most = least - 1 - task.validationPerClass;
    const message = `Class "${name}" has ${least} examples: ${asked} leave none to train on.`;
    if (most < 1) return { path: 'task.validationPerClass', message, allowed: `below ${least - 1}`, nearest: 0 };
    return { path: 'task.testPerClass', message, allowed: `at most ${most}`, nearest: most };
  }
  if (task.perClass > least - held) {
    const allowed = `at most ${least - held}, or 0 for all that remain`;
    const message = `Class "${name}" has ${least} examples: ${asked} leave ${least - held}, and task.perClass is ${task.perClass}.`;
    return { path: 'task.perClass', message, allowed, nearest: least - held };
  }
  return null;
}
