import { describe, expect, it } from 'vitest';
import {
  changedFields,
  changeField,
  checkDraft,
  type Draft,
  draftFromPreset,
  parseDraft,
  sweepField,
} from '../../../src/renderer/features/launch/draft.ts';
import { productWords, runsToLaunch } from '../../../src/renderer/features/launch/sweep-plan-panel.tsx';
import { canSweep, firstSweepText } from '../../../src/renderer/features/launch/sweeps.ts';
import { controlOf } from '../../../src/renderer/features/launch/values.ts';
import { fields, valueAtPath } from '../../../src/shared/run-config/fields.ts';
import { presetById } from '../../../src/shared/run-config/presets.ts';

const draft = (preset = 'finn-sinusoid') => draftFromPreset(presetById(preset));
const swept = (path: string, text: string, on: Draft = draft()) => sweepField(on, path, text);

describe('a swept field of the form', () => {
  it('makes an axis, and the first of its values is the config that is looked at', () => {
    const { axes, config, errors } = checkDraft(swept('inner.rate', '0.5, 0.1'));
    expect([axes, errors]).toEqual([[{ path: 'inner.rate', values: [0.5, 0.1] }], []]);
    expect(config?.inner.rate).toBe(0.5);
  });

  it('says what is wrong with its text, a value, and a combination', () => {
    const messages = (of: Draft) => checkDraft(of).errors.map(({ message }) => message);
    expect(messages(swept('inner.rate', ''))[0]).toContain('inner.rate is empty');
    expect(messages(swept('inner.rate', '0.1, 0, fast'))).toEqual([
      'inner.rate is 0; allowed: a number above 0, at most 100.',
      'inner.rate is "fast"; allowed: a number above 0, at most 100.',
    ]);
    const many = swept('inner.rate', 'lin 0.01..1 x 100', swept('task.shot', '1,2,3,4,5,6'));
    expect(messages(many)[0]).toContain('6 × 100 × 1 = 600 runs');
    expect(checkDraft(many).config).toBeNull();
  });

  it('is no sweep any more when it is switched off, or when its field goes', () => {
    expect(sweepField(swept('inner.rate', '0.1, 1'), 'inner.rate', null).sweep).toEqual({});
    const points = changeField(draft('binary-points'), 'algorithm.kind', 'meta-sgd');
    const rates = swept('algorithm.lowestRate', '0.001, 0.01', points);
    expect(changeField(rates, 'algorithm.kind', 'maml').sweep).toEqual({});
    expect(changeField(rates, 'inner.steps', 3).sweep).toEqual(rates.sweep);
  });

  it('shows the fields of the kind that has most of them', () => {
    const clip = swept('outer.clip.kind', 'off, norm');
    expect(valueAtPath(clip.values, 'outer.clip.kind')).toBe('norm');
    const limit = changeField(clip, 'outer.clip.limit', 3);
    expect(limit.sweep).toEqual({ 'outer.clip.kind': 'off, norm' });
    expect(checkDraft(limit)).toMatchObject({ errors: [], config: { outer: { clip: { kind: 'off' } } } });
  });

  it('gives each method what its paper says, and keeps what was changed by hand', () => {
    const base = changeField(draft('finn-omniglot-5w1s'), 'outer.iterations', 77);
    const { axes, errors, base: sent } = checkDraft(swept('algorithm.kind', 'maml, reptile', base));
    expect([axes.length, errors]).toEqual([1, []]);
    expect(sent).toEqual({ task: { kind: 'image-classes' }, outer: { iterations: 77 } });
  });

  it('is kept with the draft, also in one from before there were sweeps', () => {
    const kept = swept('inner.rate', '0.1, 1');
    expect(parseDraft(JSON.stringify(kept))?.sweep).toEqual({ 'inner.rate': '0.1, 1' });
    const { sweep: _, ...old } = kept;
    expect(parseDraft(JSON.stringify(old))?.sweep).toEqual({});
  });

  it('begins with the value that the field had', () => {
    expect(firstSweepText('inner.rate', 0.01)).toBe('0.01');
    expect(firstSweepText('model.hidden', [40, 40])).toBe('40, 40');
    expect(firstSweepText('model.start.model', '')).toBe('');
  });

  it('can be any but names, notes, tags, seeds and the task', () => {
    const { config } = presetById('finn-omniglot-5w1s');
    const cannot = fields
      .filter(({ path }) => valueAtPath(config, path) !== undefined)
      .filter((field) => !canSweep(field, controlOf(field, valueAtPath(config, field.path))));
    expect(cannot.map(({ path }) => path)).toEqual(['task.kind', 'name', 'tags', 'note', 'seed']);
  });
});

describe('the plan of a sweep', () => {
  const axes = [
    { path: 'task.shot', values: [1, 5, 20] },
    { path: 'algorithm.kind', values: ['maml', 'anil', 'boil'] },
  ];
  const plan = { configs: 9, runs: 45, existing: Array.from({ length: 12 }, (_, at) => `r${at}`) };

  it('says the product in words', () => {
    const words = productWords(axes, [1, 2, 3, 4, 5], plan);
    expect(words).toBe('3 × 3 values × 5 seeds = 45 runs, 12 exist already');
    expect(productWords(axes, [1], undefined)).toBe('3 × 3 values × 1 seed = 9 runs');
    expect(productWords(axes, [1], { configs: 6, runs: 6, existing: [] })).toBe(
      '3 × 3 values, 6 different configs, × 1 seed = 6 runs',
    );
  });

  it('counts what exists only where it is launched again', () => {
    const whole = { ...plan, errors: [], estimate: null, memory: null };
    expect([runsToLaunch(whole, 'skip'), runsToLaunch(whole, 'again')]).toEqual([33, 45]);
  });
});

describe('the preset for texts', () => {
  it('counts no dataset as a change, since it names none of its own', () => {
    expect(changedFields(changeField(draft('fine-tune-text'), 'task.dataset', 'mails'))).toEqual([]);
  });
});
