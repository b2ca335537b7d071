import { describe, expect, it } from 'vitest';
import {
  controlOf,
  errorSentence,
  numberListText,
  parseNumberList,
  remedyOf,
  valueText,
} from '../../../src/renderer/features/launch/values.ts';
import { fields, valueAtPath } from '../../../src/shared/run-config/fields.ts';
import { presetById } from '../../../src/shared/run-config/presets.ts';

const field = (path: string) => fields.find((each) => each.path === path)!;
const control = (path: string) => controlOf(field(path), valueAtPath(presetById('finn-sinusoid').config, path));

it('gives every field of the schema a control', () => {
  expect(
    Object.fromEntries(
      [
        'task.rotations',
        'outer.clip.kind',
        'model.activation',
        'model.hidden',
        'tags',
        'inner.rate',
        'name',
        'note',
        'task.dataset',
      ].map((path) => [path, control(path)]),
    ),
  ).toEqual({
    'task.rotations': 'switch',
    'outer.clip.kind': 'segments',
    'model.activation': 'select',
    'model.hidden': 'numbers',
    tags: 'words',
    'inner.rate': 'number',
    name: 'text',
    note: 'note',
    'task.dataset': 'dataset',
  });
  for (const { path } of fields) expect(control(path)).toBeTruthy();
});

describe('a list of numbers', () => {
  it('reads commas and spaces, and keeps what is not a number', () => {
    expect(parseNumberList('40, 40')).toEqual([40, 40]);
    expect(parseNumberList('1e2 4k x')).toEqual([100, 4000, 'x']);
    expect(numberListText([100, 'x'])).toBe('100, x');
  });
});

describe('an error', () => {
  const error = (path: string, rest: string, nearest?: number | string) => ({
    path,
    message: `${path} ${rest}`,
    allowed: '',
    ...(nearest === undefined ? {} : { nearest }),
  });

  it('speaks of the field by its label', () => {
    expect(errorSentence(error('task.query', 'is 25000; allowed: a whole number from 1 to 200.'))).toBe(
      'Query is 25,000; allowed: a whole number from 1 to 200.',
    );
    expect(errorSentence(error('model.hidden.1', 'is "x"; allowed: a whole number.'))).toBe(
      'Hidden layers entry 2 is "x"; allowed: a whole number.',
    );
    expect(errorSentence(error('inner.rate', 'is ""; allowed: a number.'))).toBe('Rate is empty; allowed: a number.');
  });

  it('offers the nearest valid value, else the preset’s', () => {
    expect(remedyOf(error('task.query', '', 19), 1)).toEqual({ label: 'Use 19', value: 19 });
    expect(remedyOf(error('inner.rate', ''), 0.4)).toEqual({ label: 'Use 0.4', value: 0.4 });
    expect(remedyOf(error('model.kind', '', 'mlp'), undefined)).toEqual({ label: 'Use MLP', value: 'mlp' });
    expect(remedyOf(error('model.hidden.1', ''), [40, 40])).toBeUndefined();
  });
});

it('writes values as a person would', () => {
  expect(valueText(field('outer.iterations'), 60_000)).toBe('60,000');
  expect(valueText(field('outer.rate'), 0.0001)).toBe('1e-4');
  expect(valueText(field('model.hidden'), [40, 40])).toBe('40, 40');
  expect(valueText(field('task.rotations'), 'on')).toBe('0, 90, 180, 270°');
});
