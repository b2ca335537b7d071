import { describe, expect, it } from 'vitest';
import { checkTaskAgainstDataset, type TaskDataset } from '../../../src/shared/datasets/check-task.ts';
import { presetById } from '../../../src/shared/run-config/presets.ts';
import type { ImageTaskConfig, RunConfig } from '../../../src/shared/run-config/schema.ts';
import type { Split } from '../../../src/shared/runs/run.ts';

const base = presetById('quick-glyphs').config;

function config(task: Partial<ImageTaskConfig>, evaluation: Partial<RunConfig['evaluation']> = {}): RunConfig {
  return {
    ...base,
    task: {
      kind: 'image-classes',
      dataset: 'pets',
      labels: 'classes',
      way: 5,
      shot: 1,
      query: 5,
      rotations: 'off',
      augmentation: { kind: 'off' },
      ...task,
    },
    evaluation: { ...base.evaluation, every: 100, finalSplit: 'test', ...evaluation },
  };
}

function dataset(counts: Partial<Record<Split, number>>, more: Partial<TaskDataset> = {}): TaskDataset {
  const classes = Object.entries(counts).flatMap(([split, count]) =>
    Array.from({ length: count }, (_, i) => ({ name: `${split}${i}`, examples: 20, split: split as Split })),
  );
  const layout = { width: 28, height: 28, channels: 1, polarity: 'ink-dark' } as const;
  return { name: 'pets', kind: 'image-classes', state: 'ready', layout, classes, ...more };
}

const roomy = dataset({ train: 30, validation: 8, test: 10 });
const errorsOf = (run: RunConfig, pets: TaskDataset | null = roomy) =>
  checkTaskAgainstDataset(run, pets, ['glyphs', 'pets']).errors;

describe('a task that fits', () => {
  it('has no errors, and a note with the numbers', () => {
    expect(checkTaskAgainstDataset(config({ rotations: 'on' }), roomy, ['pets'])).toEqual({
      errors: [],
      advice: [
        {
          path: 'task.dataset',
          level: 'ok',
          message:
            '30 training classes (120 with rotations) with 20 drawings each; a task takes 5 classes and 6 of each.',
        },
      ],
    });
  });

  it('of generated waves needs no dataset', () => {
    const sinusoid = presetById('quick-sinusoid').config;
    expect(checkTaskAgainstDataset(sinusoid, null, [])).toEqual({ errors: [], advice: [] });
  });
});

describe('images that are too small for the network', () => {
  const tiny = dataset(
    { train: 30, validation: 8, test: 10 },
    { layout: { width: 20, height: 12, channels: 1, polarity: 'photo' } },
  );
  const withModel = (model: object) =>
    errorsOf({ ...config({}), model: { ...base.model, ...model } as RunConfig['model'] }, tiny);

  it('are refused before a run starts, with what would do', () => {
    expect(withModel({ downsampling: 'max-pool' })).toMatchObject([{ path: 'model.downsampling', nearest: 'stride' }]);
    const [error] = withModel({ kind: 'resnet12', widths: [4, 4, 4, 4] });
    expect(error?.message).toBe('ResNet-12 needs images of at least 16 x 16 pixels; those of "pets" are 20 x 12.');
  });

  it('are fine for networks that do not pool', () => {
    expect(withModel({ downsampling: 'stride' })).toEqual([]);
    expect(withModel({ kind: 'cnn1d' })).toEqual([]);
  });
});

describe('the dataset', () => {
  it('that is unknown is named with the nearest one', () => {
    expect(errorsOf(config({ dataset: 'glyhps' }), null)).toEqual([
      {
        path: 'task.dataset',
        message: 'There is no dataset "glyhps". Did you mean "glyphs"?',
        allowed: 'glyphs, pets',
        nearest: 'glyphs',
      },
    ]);
  });

  it('that has no images, cannot be read or was changed is refused', () => {
    expect(errorsOf(config({}), dataset({}, { kind: 'generated', layout: null }))[0]?.message).toContain(
      'has no image classes',
    );
    expect(errorsOf(config({}), dataset({ train: 9 }, { state: 'unreadable' }))[0]?.message).toContain(
      'cannot be read',
    );
    expect(errorsOf(config({}), dataset({ train: 9 }, { state: 'changed-on-disk' }))[0]?.message).toContain(
      'changed on the disk',
    );
  });
});

describe('examples', () => {
  it('too few for shot and query', () => {
    expect(errorsOf(config({ shot: 1, query: 25 }))).toEqual([
      {
        path: 'task.query',
        message: 'A class has 20 drawings; 1 shot + 25 queries need 26.',
        allowed: 'at most 19',
        nearest: 19,
      },
    ]);
  });

  it('too few for the shots alone', () => {
    expect(errorsOf(config({ shot: 25, query: 5 }))).toEqual([
      {
        path: 'task.shot',
        message: 'A class has 20 drawings; 25 shots + 5 queries need 30.',
        allowed: 'at most 15',
        nearest: 15,
      },
    ]);
    expect(errorsOf(config({ shot: 25, query: 25 }))[0]).toMatchObject({ path: 'task.shot', nearest: 19 });
  });

  it('names the smallest class where classes differ, but not one in a split that is not used', () => {
    const uneven = dataset({ train: 30, validation: 8, test: 10 });
    const withSmall = (split: Split): TaskDataset => ({
      ...uneven,
      layout: { ...uneven.layout!, polarity: 'photo' },
      classes: [...uneven.classes, { name: 'axolotl', examples: 3, split }],
    });
    expect(errorsOf(config({}), withSmall('test'))[0]).toMatchObject({
      path: 'task.query',
      message: 'Class "axolotl" has 3 images; 1 shot + 5 queries need 6.',
      nearest: 2,
    });
    expect(errorsOf(config({}), withSmall('unused'))).toEqual([]);
    expect(errorsOf(config({}, { finalSplit: 'none' }), withSmall('test'))).toEqual([]);
  });
});

describe('classes', () => {
  it('too few in the narrowest split that is used', () => {
    expect(errorsOf(config({ way: 9 }))).toEqual([
      {
        path: 'task.way',
        message: 'The validation split of "pets" has 8 classes; 9-way tasks for validation need 9.',
        allowed: 'at most 8',
        nearest: 8,
      },
    ]);
    expect(errorsOf(config({ way: 9 }, { every: 0 }))).toEqual([]);
  });

  it('are counted with rotations in training, and only there', () => {
    const narrow = dataset({ train: 3, validation: 20, test: 20 });
    expect(errorsOf(config({ way: 12, rotations: 'on' }), narrow)).toEqual([]);
    expect(errorsOf(config({ way: 12, rotations: 'off' }), narrow)[0]).toMatchObject({ path: 'task.way', nearest: 3 });
    expect(errorsOf(config({ way: 13, rotations: 'on' }), narrow)[0]?.message).toBe(
      'The train split of "pets" has 12 classes (rotations counted); 13-way tasks for training need 13.',
    );
    expect(errorsOf(config({ way: 9, rotations: 'on' }))[0]).toMatchObject({ path: 'task.way', nearest: 8 });
  });

  it('missing from a whole split are a matter of what uses it', () => {
    expect(errorsOf(config({}), dataset({ train: 30 }))).toEqual([
      {
        path: 'evaluation.every',
        message: 'The validation split of "pets" has no classes, but validation draws tasks from it.',
        allowed: '0, or other splits of the dataset',
        nearest: 0,
      },
      {
        path: 'evaluation.finalSplit',
        message: 'The test split of "pets" has no classes, but the final evaluation draws tasks from it.',
        allowed: 'none, or other splits of the dataset',
        nearest: 'none',
      },
    ]);
    expect(errorsOf(config({}, { every: 0 }), dataset({ train: 1, test: 30 }))[0]).toMatchObject({
      path: 'task.dataset',
      message: 'The train split of "pets" has one class only, but training draws tasks from it.',
    });
    expect(errorsOf(config({}, { every: 0, finalSplit: 'train' }), dataset({ train: 30 }))).toEqual([]);
  });
});

describe('training tasks of their own size', () => {
  const protoNet = (trainWay: number, trainQuery: number, task: Partial<ImageTaskConfig> = {}): RunConfig => ({
    ...config(task),
    algorithm: { kind: 'proto-net', trainWay, trainQuery },
  });
  const reptile = (trainShot: number): RunConfig => ({
    ...config({ query: 15 }),
    algorithm: { kind: 'reptile', perClass: 2, trainShot },
  });

  it('fit up to the training classes, each turn of which is one where rotations count', () => {
    expect(errorsOf(protoNet(30, 0))).toEqual([]);
    expect(errorsOf(protoNet(120, 0, { rotations: 'on' }))).toEqual([]);
    expect(errorsOf(protoNet(60, 5))).toEqual([
      {
        path: 'algorithm.trainWay',
        message:
          'algorithm.trainWay is 60, but the train split of "pets" has 30 classes; allowed: at most 30, or 0 for the way of the test.',
        allowed: 'at most 30, or 0 for the way of the test',
        nearest: 30,
      },
    ]);
    expect(errorsOf(protoNet(121, 0, { rotations: 'on' }))[0]).toMatchObject({ nearest: 120 });
  });

  it('fit up to the examples of the smallest training class', () => {
    expect(errorsOf(protoNet(0, 19))).toEqual([]);
    expect(errorsOf(protoNet(0, 20))).toEqual([
      {
        path: 'algorithm.trainQuery',
        message:
          'algorithm.trainQuery is 20, but a training class of "pets" has 20 drawings, and 1 shot + 20 queries need 21; allowed: at most 19, or 0 for as many as at the test.',
        allowed: 'at most 19, or 0 for as many as at the test',
        nearest: 19,
      },
    ]);
    expect(errorsOf(reptile(5))).toEqual([]);
    expect(errorsOf(reptile(10))[0]).toMatchObject({ path: 'algorithm.trainShot', nearest: 5 });
  });
});
