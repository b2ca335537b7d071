import { describe, expect, it } from 'vitest';
import { configJsonSchema, fieldLimits } from '../../../src/shared/run-config/field-limits.ts';
import {
  fieldGroups,
  fields,
  fieldsOf,
  sourceOf,
  valueAtPath,
  withValue,
} from '../../../src/shared/run-config/fields.ts';
import { presetById, presets } from '../../../src/shared/run-config/presets.ts';

describe('fields of a run', () => {
  it('describe every leaf of the schema, once, and nothing else', () => {
    const described = fields.map((field) => field.path);
    expect([...described].sort()).toEqual([...fieldLimits().keys()].sort());
    expect(new Set(described).size).toBe(described.length);
  });

  it('name the choices of every choice in words, and no others', () => {
    const limits = fieldLimits();
    for (const field of fields) {
      const choices = limits.get(field.path)?.choices;
      if (choices)
        expect([field.path, Object.keys(field.choices ?? {}).sort()]).toEqual([field.path, [...choices].sort()]);
      else expect([field.path, field.choices]).toEqual([field.path, undefined]);
    }
  });

  it('stand in a group of the form and say what they do in a sentence', () => {
    for (const field of fields) {
      expect(fieldGroups).toContain(field.group);
      expect(field.label).not.toBe('');
      expect(field.help).toMatch(/[.?]( Markdown works\.)?$/);
    }
  });

  it('leave out what a config of these kinds does not have', () => {
    const paths = fieldsOf(presetById('finn-sinusoid').config).map((field) => field.path);
    expect(paths).toContain('task.variant');
    expect(paths).toContain('model.hidden');
    expect(paths).not.toContain('task.way');
    expect(paths).not.toContain('model.filters');
    expect(paths).not.toContain('outer.clip.limit');
  });
});

describe('the JSON Schema of a config file', () => {
  it('knows the fields and their limits, and requires none', () => {
    const schema = configJsonSchema();
    const text = JSON.stringify(schema);
    expect(text).not.toContain('"required"');
    const inner = (schema.properties as Record<string, { properties: Record<string, object> }>).inner;
    expect(inner?.properties.steps).toMatchObject({ type: 'integer', minimum: 1, maximum: 100 });
    expect(inner?.properties.rate).toMatchObject({ type: 'number', exclusiveMinimum: 0, maximum: 100 });
  });
});

describe('values at a path', () => {
  it('are read and replaced without touching the original', () => {
    const { config } = presetById('finn-sinusoid');
    const changed = withValue(config, 'inner.rate', 0.5);
    expect(valueAtPath(changed, 'inner.rate')).toBe(0.5);
    expect(valueAtPath(config, 'inner.rate')).toBe(0.01);
    expect(valueAtPath(config, 'inner.nothing.here')).toBeUndefined();
    expect(withValue({}, 'a.b.c', 1)).toEqual({ a: { b: { c: 1 } } });
  });
});

describe('the source of a value', () => {
  it('is cited for values of the paper and contrasted for others', () => {
    const { config } = presetById('finn-omniglot-5w1s');
    expect(sourceOf(config, 'inner.rate')).toEqual({ source: 'Finn 2017', presetValue: 0.4, differs: 'no' });
    expect(sourceOf(withValue(config, 'inner.rate', 0.1), 'inner.rate')).toMatchObject({
      presetValue: 0.4,
      differs: 'yes',
    });
    expect(sourceOf(config, 'note')).toBeUndefined();
  });

  it('is given only for fields that exist', () => {
    const known = new Set([...fieldLimits().keys(), 'outer.clip']);
    for (const preset of presets) {
      for (const path of Object.keys(preset.sources))
        expect([preset.id, path, known.has(path)]).toEqual([preset.id, path, true]);
    }
  });
});
