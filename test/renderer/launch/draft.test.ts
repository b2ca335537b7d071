import { describe, expect, it } from 'vitest';
import {
  changedFields,
  changeField,
  checkDraft,
  draftFromConfig,
  draftFromFile,
  draftFromPreset,
  errorsByField,
  nearestPreset,
  parseDraft,
} from '../../../src/renderer/features/launch/draft.ts';
import { fieldLimits } from '../../../src/shared/run-config/field-limits.ts';
import { resolveRunName } from '../../../src/shared/run-config/naming.ts';
import { presetById, presets } from '../../../src/shared/run-config/presets.ts';

const draft = (preset = 'finn-omniglot-5w1s') => draftFromPreset(presetById(preset));

describe('a draft', () => {
  it.each(presets.map(({ id }) => id))('of the preset %s is valid and has no changed field', (id) => {
    expect(checkDraft(draft(id)).errors).toEqual([]);
    expect(changedFields(draft(id))).toEqual([]);
  });

  it('keeps what was typed wrong, and says so by the name of the field', () => {
    const wrong = changeField(changeField(draft(), 'task.query', 'abc'), 'inner.rate', 0);
    const { config, errors } = checkDraft(wrong);
    expect(config).toBeNull();
    expect(errors.map(({ path }) => path)).toEqual(['task.query', 'inner.rate']);
  });

  it('has no config while its seeds are wrong', () => {
    const { seeds } = draft();
    const checked = checkDraft({ ...draft(), seeds: { ...seeds, count: '0' } });
    expect(checked.config).toBeNull();
    expect(checked.errors.map(({ path }) => path)).toEqual(['seed']);
  });

  it('launches with the first of its seeds', () => {
    const { seeds } = draft();
    expect(checkDraft({ ...draft(), seeds: { ...seeds, mode: 'list', list: '7, 3' } })).toMatchObject({
      seeds: [7, 3],
      config: { seed: 7 },
    });
  });
});

describe('changing a kind', () => {
  it('brings the fields of the other network along, and the preset’s when it comes back', () => {
    const narrow = changeField(draft('quick-glyphs'), 'model.filters', 8);
    const mlp = changeField(narrow, 'model.kind', 'mlp');
    expect(checkDraft(mlp).config?.model).toEqual({
      ...{ kind: 'mlp', hidden: [64, 64], activation: 'relu', initialization: 'glorot-uniform' },
    });
    expect(checkDraft(changeField(mlp, 'model.kind', 'conv4')).config?.model).toEqual(
      presetById('quick-glyphs').config.model,
    );
  });

  it('gives a clip its limit and keeps it from one kind to the other', () => {
    const clipped = changeField(changeField(draft(), 'outer.clip.kind', 'value'), 'outer.clip.limit', 3);
    expect(checkDraft(changeField(clipped, 'outer.clip.kind', 'norm')).config?.outer.clip).toEqual({
      kind: 'norm',
      limit: 3,
    });
  });

  const kinds = [...fieldLimits()].flatMap(([path, { choices = [] }]) =>
    path.endsWith('.kind') && path !== 'task.kind' ? choices.map((kind) => [path, kind] as const) : [],
  );
  it.each(kinds)('%s to %s leaves nothing missing', (path, kind) => {
    const ofTexts = kind === 'encoder' || kind === 'fine-tune' || /^model\.(start|trained)\./.test(path);
    const preset = ofTexts ? 'fine-tune-text' : kind === 'fine-tune-network' ? 'fine-tune-images' : undefined;
    expect(checkDraft(changeField(draft(preset), path, kind)).errors).toEqual(
      kind === 'pretrained' ? [expect.objectContaining({ path: 'model.start.model' })] : [],
    );
  });

  it('of the algorithm brings the values of its paper, but for what was changed by hand', () => {
    const mine = changeField(draft(), 'inner.rate', 0.7);
    const reptile = changeField(mine, 'algorithm.kind', 'reptile');
    expect(checkDraft(reptile).config).toMatchObject({
      algorithm: { kind: 'reptile', trainShot: 10 },
      inner: { optimizer: 'adam', rate: 0.7, steps: 5 },
      outer: { optimizer: 'sgd', rate: 1, schedule: { kind: 'linear' } },
    });
    expect(changedFields(reptile)).toEqual(['inner.rate']);
    const back = changeField(reptile, 'algorithm.kind', 'maml');
    expect(checkDraft(back).config).toEqual(checkDraft(mine).config);
  });

  it('of the task starts from the preset of that task but keeps method and names', () => {
    const named = changeField(changeField(draft(), 'name', 'mine-{seed}'), 'algorithm.kind', 'fomaml');
    const sine = changeField(named, 'task.kind', 'sinusoid');
    expect(sine.presetId).toBe('finn-sinusoid');
    expect(checkDraft(sine).config).toMatchObject({
      name: 'mine-{seed}',
      algorithm: { kind: 'fomaml' },
      inner: { rate: 0.01 },
    });
  });
});

it('groups errors of a list’s entries under the list, one for each field', () => {
  const wrong = changeField(draft('finn-sinusoid'), 'model.hidden', [40, 'x', -1]);
  expect([...errorsByField(checkDraft(wrong).errors).keys()]).toEqual(['model.hidden']);
});

describe('a copy of a run', () => {
  it('compares itself to the preset that is nearest, whatever the dataset', () => {
    const { config } = presetById('finn-omniglot-20w1s');
    if (config.task.kind !== 'image-classes') throw new Error('This preset has images.');
    const other = { ...config, seed: 4, task: { ...config.task, dataset: 'mine' }, name: 'x' };
    expect(nearestPreset(other).id).toBe('finn-omniglot-20w1s');
    const copy = draftFromConfig(other);
    expect(changedFields(copy)).toEqual(['task.dataset', 'name']);
    expect(checkDraft(copy).seeds).toEqual([4]);
  });
});

describe('an opened file', () => {
  it('is completed from the preset of its task', () => {
    const { draft: opened, leftOut } = draftFromFile({ task: { kind: 'sinusoid', shot: 5 }, seed: 3 });
    const { config } = checkDraft(opened);
    expect(leftOut).toEqual([]);
    expect(config && resolveRunName(config)).toBe('maml-sine-5p-s3');
  });

  it('loses fields that no run has, and says which', () => {
    const { draft: opened, leftOut } = draftFromFile({ inner: { rate: 0.5, stepz: 3 }, colour: 'red' });
    expect(checkDraft(opened).config?.inner.rate).toBe(0.5);
    expect(leftOut).toHaveLength(2);
    expect(leftOut.join(' ')).toMatch(/inner\.stepz.*colour|colour.*inner\.stepz/);
  });

  it('keeps wrong values for the form to show', () => {
    const { draft: opened } = draftFromFile({ outer: { metaBatch: -1 } });
    expect(checkDraft(opened).errors.map(({ path }) => path)).toEqual(['outer.metaBatch']);
  });
});

describe('a kept draft', () => {
  it('comes back as it was', () => {
    const changed = changeField(draft(), 'task.query', 'abc');
    expect(parseDraft(JSON.stringify(changed))).toEqual(changed);
  });

  it.each([null, 'x', '[]', '{"presetId":"a"}', '{"presetId":"a","values":{},"seeds":{"mode":"some"}}'])(
    'is none when it is %s',
    (text) => expect(parseDraft(text)).toBeNull(),
  );
});
