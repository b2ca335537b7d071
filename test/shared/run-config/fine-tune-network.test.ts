import { describe, expect, it } from 'vitest';
import { parseRunConfig } from '../../../src/shared/run-config/complete.ts';
import { choicesForTask, usesField } from '../../../src/shared/run-config/field-use.ts';
import { resolveRunName } from '../../../src/shared/run-config/naming.ts';
import { isFineTune, isMeta, isNetworkFineTune, isTextFineTune } from '../../../src/shared/run-config/schema.ts';
import { startModel } from '../../../src/shared/run-config/start-model.ts';
import { protocolOf } from '../../../src/shared/runs/protocol.ts';

const parsed = (more: object = {}) => {
  const result = parseRunConfig({ task: { kind: 'image-examples' }, ...more });
  if (!result.ok) throw new Error(result.errors.map(({ message }) => message).join(' '));
  return result.config;
};
const errorsOf = (input: object) => {
  const result = parseRunConfig(input);
  return result.ok ? [] : result.errors.map(({ path }) => path);
};

describe('fine-tuning a network on labelled images', () => {
  it('is a kind of run of its own, complete from its task alone', () => {
    const config = parsed();
    expect(config.algorithm).toMatchObject({ kind: 'fine-tune-network', start: 'scratch', trained: 'all' });
    expect(config.model.kind).toBe('conv4');
    expect([isFineTune, isNetworkFineTune, isTextFineTune, isMeta].map((is) => is(config))).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  it('differs in one field between scratch and a meta-learned start, which its name says', () => {
    const [scratch, learned] = ['scratch', 'maml-small1'].map((start) => parsed({ algorithm: { start } }));
    expect({ ...learned!, algorithm: { ...learned!.algorithm, start: 'scratch' } }).toEqual(scratch);
    expect([scratch!, learned!].map(startModel)).toEqual([null, { path: 'algorithm.start', model: 'maml-small1' }]);
    expect(resolveRunName(scratch!)).toBe('tune-scratch-glyphs-5c5k-s1');
    expect(resolveRunName(learned!)).toBe('tune-maml-small1-glyphs-5c5k-s1');
    expect([scratch!, learned!].map((config) => usesField(config, 'algorithm.startHead'))).toEqual([false, true]);
  });

  it('goes with labelled images and a network, and with nothing else', () => {
    const task = { kind: 'image-examples' };
    expect(errorsOf({ task, model: { kind: 'encoder' } })).toEqual(['model.kind']);
    expect(errorsOf({ task, algorithm: { kind: 'maml' } })).toEqual(['algorithm.kind']);
    expect(errorsOf({ task: { kind: 'image-classes' }, algorithm: { kind: 'fine-tune-network' } })).toEqual([
      'algorithm.kind',
    ]);
    expect(errorsOf({ task: { kind: 'text-classes' }, algorithm: { kind: 'fine-tune-network' } })).toEqual([
      'algorithm.kind',
    ]);
    expect(errorsOf({ task: { ...task, classes: 1 } })).toEqual(['task.classes']);
    expect(errorsOf({ task, algorithm: { trained: 'head' } })).toEqual(['algorithm.trained']);
    expect(errorsOf({ task, algorithm: { trained: 'head', start: 'maml' } })).toEqual([]);
  });

  it('is what the form offers for its task alone', () => {
    const algorithms = ['maml', 'fine-tune', 'fine-tune-network'];
    expect(choicesForTask('image-examples', 'algorithm.kind', algorithms)).toEqual(['fine-tune-network']);
    expect(choicesForTask('text-classes', 'algorithm.kind', algorithms)).toEqual(['fine-tune']);
    expect(choicesForTask('image-classes', 'algorithm.kind', algorithms)).toEqual(['maml']);
    expect(choicesForTask('image-examples', 'model.kind', ['mlp', 'conv4', 'encoder'])).toEqual(['mlp', 'conv4']);
  });

  it('is measured on images: classes and examples per class stand in its protocol', () => {
    const protocol = protocolOf(parsed(), null, 'test', 75);
    expect(protocol).toMatchObject({ task: 'image-examples', way: 5, shot: 5, query: 15, episodes: 75, innerSteps: 0 });
    expect(protocolOf(parsed({ task: { kind: 'image-examples', classes: 0 } }), null, 'test', 75).way).toBeNull();
  });
});
