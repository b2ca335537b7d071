import type { RunConfig, SinusoidTaskConfig, TaskConfig } from './schema.ts';

/** What words and charts say of a kind of task. */
export interface TaskFacts {
  readonly label: string;
  /** What the loss counts. */
  readonly loss: 'mean squared error' | 'cross-entropy';
  /** Where its tasks come from: a dataset of the library, or a generator that needs none. */
  readonly source: 'dataset' | 'generated';
  /** What its evaluations count. */
  readonly counted: 'episodes' | 'texts' | 'images' | 'rows' | 'clips';
  /** What an example is, as a clause. */
  readonly inputs: string;
}

/** In the order in which people are offered them. */
export const taskFacts: Readonly<Record<TaskConfig['kind'], TaskFacts>> = {
  sinusoid: {
    label: 'Curve regression',
    loss: 'mean squared error',
    source: 'generated',
    counted: 'episodes',
    inputs: 'the sinusoid task has single numbers as inputs',
  },
  'binary-points': {
    label: 'Points of two classes',
    loss: 'cross-entropy',
    source: 'generated',
    counted: 'episodes',
    inputs: 'binary points are pairs of numbers',
  },
  'image-classes': {
    label: 'Image classes',
    loss: 'cross-entropy',
    source: 'dataset',
    counted: 'episodes',
    inputs: 'image classes have images',
  },
  'image-examples': {
    label: 'Labelled images',
    loss: 'cross-entropy',
    source: 'dataset',
    counted: 'images',
    inputs: 'labelled images are images',
  },
  'text-classes': {
    label: 'Text classes',
    loss: 'cross-entropy',
    source: 'dataset',
    counted: 'texts',
    inputs: 'text classes have texts',
  },
  'table-classes': {
    label: 'Table rows',
    loss: 'cross-entropy',
    source: 'dataset',
    counted: 'rows',
    inputs: 'rows of a table are columns without an order',
  },
  'audio-classes': {
    label: 'Sounds',
    loss: 'cross-entropy',
    source: 'dataset',
    counted: 'clips',
    inputs: 'labelled sounds are clips',
  },
};

/** Labels of the sinusoid task's variants, of the binary points' families, and of what images are told apart from. */
export const familyLabels = {
  'finn-2017': 'Finn 2017',
  'meta-sgd-2017': 'Meta-SGD',
  'harmonic-2018': 'Harmonic',
  'platipus-2018': 'PLATIPUS',
  'half-planes': 'Half-planes',
  moons: 'Moons',
  'one-against-rest': 'One against the rest',
} as const;

export type TaskFamily = keyof typeof familyLabels;

const curveNames = {
  'finn-2017': 'Sinusoid',
  'meta-sgd-2017': 'Sinusoid',
  'harmonic-2018': 'Harmonic',
  'platipus-2018': 'Sinusoid or line',
} as const;

/** What the curves of a variant are. */
export const curveName = (variant: SinusoidTaskConfig['variant']): string => curveNames[variant];

/** Which tasks of its kind are drawn; null where there is one kind only: the classes of a dataset. */
export function familyOf(task: TaskConfig): TaskFamily | null {
  switch (task.kind) {
    case 'sinusoid':
      return task.variant;
    case 'binary-points':
      return task.family;
    case 'image-classes':
      return task.labels === 'one-against-rest' ? task.labels : null;
    case 'image-examples':
    case 'text-classes':
    case 'table-classes':
    case 'audio-classes':
      return null;
  }
}

/** Classes in a task of evaluation; null for regression, and where the dataset decides. */
export function wayOf(task: TaskConfig): number | null {
  switch (task.kind) {
    case 'sinusoid':
      return null;
    case 'binary-points':
      return 2;
    case 'image-classes':
      return task.way;
    case 'image-examples':
      return task.classes || null; // 0: all that the dataset has
    case 'text-classes':
    case 'table-classes':
    case 'audio-classes':
      return null;
  }
}

/** Whether its numbers are means over single examples, and not over episodes that something adapts to. */
export const countsExamples = (kind: TaskConfig['kind']): boolean => taskFacts[kind].counted !== 'episodes';

/** Whether a run is judged by accuracy or, for regression, by its loss. */
export const metricOf = ({ task }: Pick<RunConfig, 'task'>): 'accuracy' | 'loss' =>
  taskFacts[task.kind].loss === 'cross-entropy' ? 'accuracy' : 'loss';
