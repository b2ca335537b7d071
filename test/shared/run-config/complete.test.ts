import { describe, expect, it } from 'vitest';
import { type ParsedRunConfig, parseRunConfig } from '../../../src/shared/run-config/complete.ts';
import { presets } from '../../../src/shared/run-config/presets.ts';

const errorsOf = (parsed: ParsedRunConfig) => (parsed.ok ? [] : parsed.errors);
const configOf = (input: unknown) => {
  const parsed = parseRunConfig(input);
  if (!parsed.ok) throw new Error(parsed.errors.map((error) => error.message).join(' '));
  return parsed.config;
};

describe('completing a config', () => {
  it('takes what is left out from the preset of its task', () => {
    expect(configOf({})).toMatchObject({ task: { kind: 'sinusoid', shot: 10 }, inner: { rate: 0.01 } });
    const images = configOf({ task: { kind: 'image-classes', dataset: 'mine' } });
    expect(images).toMatchObject({ task: { dataset: 'mine', way: 5 }, model: { kind: 'conv4' }, inner: { rate: 0.4 } });
  });

  it('replaces a part of another kind as a whole', () => {
    const config = configOf({ task: { kind: 'image-classes' }, model: { kind: 'mlp' } });
    expect(config.model).toEqual({
      ...{ kind: 'mlp', hidden: [64, 64], activation: 'relu', initialization: 'glorot-uniform' },
    });
  });

  it('lets networks of older runs start from the weights that they had: those of Glorot', () => {
    const older = [
      { kind: 'mlp', hidden: [40], activation: 'relu' },
      { kind: 'conv4', filters: 32, batchNorm: 'inductive' },
    ];
    for (const model of older) {
      for (const kind of model.kind === 'mlp' ? ['sinusoid', 'image-classes'] : ['image-classes']) {
        expect(configOf({ task: { kind }, model }).model).toMatchObject({ ...model, initialization: 'glorot-uniform' });
      }
    }
  });

  it('leaves images of older runs unchanged: those ran before there was augmentation or a choice of labels', () => {
    const older = { kind: 'image-classes', dataset: 'x', way: 5, shot: 1, query: 1, rotations: 'on' };
    expect(configOf({ task: older }).task).toEqual({ ...older, labels: 'classes', augmentation: { kind: 'off' } });
  });

  it('gives augmentation its usual strength where it is only switched on', () => {
    const { task } = configOf({ task: { kind: 'image-classes', augmentation: { kind: 'random', shift: 4 } } });
    expect(task).toMatchObject({ augmentation: { kind: 'random', shift: 4, flip: 'off', degrees: 10 } });
  });

  it('accepts every preset as it is, and keeps it', () => {
    for (const preset of presets) expect(configOf(preset.config)).toEqual(preset.config);
  });

  it('ignores the $schema that editors add', () => {
    expect(configOf({ $schema: './run.schema.json', seed: 3 }).seed).toBe(3);
  });
});

describe('a wrong config', () => {
  it('has each of three wrong fields named with what is allowed', () => {
    const errors = errorsOf(parseRunConfig({ inner: { rate: -1, steps: 1.5 }, outer: { optimizer: 'adm' } }));
    expect(errors).toEqual([
      {
        path: 'inner.rate',
        message: 'inner.rate is -1; allowed: a number above 0, at most 100.',
        allowed: 'a number above 0, at most 100',
      },
      {
        path: 'inner.steps',
        message: 'inner.steps is 1.5; allowed: a whole number from 1 to 100.',
        allowed: 'a whole number from 1 to 100',
      },
      {
        path: 'outer.optimizer',
        message: 'outer.optimizer is "adm"; allowed: adam or adamw or sgd.',
        allowed: 'adam or adamw or sgd',
        nearest: 'adam',
      },
    ]);
  });

  it('is offered the nearest valid value beyond a bound', () => {
    const [way] = errorsOf(parseRunConfig({ task: { kind: 'image-classes', way: 1 } }));
    expect(way).toMatchObject({ path: 'task.way', allowed: 'a whole number from 2 to 200', nearest: 2 });
    const [steps] = errorsOf(parseRunConfig({ evaluation: { testSteps: 500 } }));
    expect(steps).toMatchObject({ path: 'evaluation.testSteps', nearest: 200 });
  });

  it('is measured by the limits of its own kind where kinds share a field name', () => {
    expect(errorsOf(parseRunConfig({ task: { kind: 'sinusoid', shot: 0 } }))[0]?.allowed).toBe(
      'a whole number from 1 to 1000',
    );
    expect(errorsOf(parseRunConfig({ task: { kind: 'image-classes', shot: 0 } }))[0]?.allowed).toBe(
      'a whole number from 1 to 200',
    );
  });

  it('has an unknown field named, with the fields that exist there and the one that was meant', () => {
    const [error] = errorsOf(parseRunConfig({ outer: { optimiser: 'adam' } }));
    expect(error).toMatchObject({ path: 'outer.optimiser', nearest: 'optimizer' });
    expect(error?.message).toContain(
      'not a field of a run; fields here: optimizer, rate, weightDecay, metaBatch, iterations, clip',
    );
  });

  it('has an unknown kind named with the kinds there are', () => {
    expect(errorsOf(parseRunConfig({ model: { kind: 'conv5' } }))).toEqual([
      {
        path: 'model.kind',
        message: 'model.kind is "conv5"; allowed: mlp or conv4 or resnet12 or cnn1d or encoder.',
        allowed: 'mlp or conv4 or resnet12 or cnn1d or encoder',
        nearest: 'conv4',
      },
    ]);
  });

  it.each([
    [
      'a missing limit',
      { outer: { clip: { kind: 'norm' } } },
      'outer.clip.limit is missing; allowed: a number above 0, at most 100.',
    ],
    ['a part that is null', { evaluation: null }, 'evaluation is null; allowed: an object.'],
    ['an empty list', { model: { kind: 'mlp', hidden: [] } }, 'model.hidden is []; allowed: at least 1 entry.'],
    ['an empty tag', { tags: [''] }, 'tags.0 is ""; allowed: at least 1 character.'],
    ['a NaN', { inner: { rate: Number.NaN } }, 'inner.rate is NaN; allowed: a number above 0, at most 100.'],
    [
      'widths of three blocks',
      { model: { kind: 'resnet12', widths: [8, 8, 8] } },
      'model.widths is [8,8,8]; allowed: at least 4 entries.',
    ],
    [
      'pretraining on classes that do not stay',
      { task: { kind: 'binary-points' }, algorithm: { kind: 'pretrain' } },
      'Pretraining learns classes that stay; those of binary points are others in every task.',
    ],
    [
      'more than two labels of one class against the rest',
      { task: { kind: 'image-classes', labels: 'one-against-rest', way: 5 } },
      'task.way is 5, but one class against the rest has two labels; allowed: 2.',
    ],
    [
      'more than two classes of points in training',
      { task: { kind: 'binary-points' }, algorithm: { kind: 'proto-net', trainWay: 5 } },
      'Such tasks have two labels, in training too.',
    ],
    [
      'images that are points',
      { task: { kind: 'binary-points' }, model: { kind: 'conv4' } },
      'Conv4 reads images, but binary points are pairs of numbers.',
    ],
    [
      'a 1-D CNN without signals',
      { model: { kind: 'cnn1d' } },
      '1-D CNN reads signals, but the sinusoid task has single numbers as inputs.',
    ],
    [
      'a network that does not fit its task',
      { model: { kind: 'conv4' } },
      'Conv4 reads images, but the sinusoid task has single numbers as inputs.',
    ],
    ['a list in the place of the config', [], 'The config must be a JSON object.'],
    ['nothing at all', null, 'The config must be a JSON object.'],
  ])('says plainly what is wrong with %s', (_what, input, message) => {
    expect(errorsOf(parseRunConfig(input)).map((error) => error.message)).toEqual([message]);
  });
});
