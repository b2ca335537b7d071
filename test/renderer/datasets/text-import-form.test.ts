import { describe, expect, it } from 'vitest';
import { nameOfSource } from '../../../src/renderer/features/datasets/import-form.ts';
import {
  choicesOf,
  parseTextImport,
  type TextImportForm,
  textImportFormFor,
} from '../../../src/renderer/features/datasets/text-import-form.ts';

const form = (part: Partial<TextImportForm> = {}): TextImportForm => ({
  ...textImportFormFor('mails'),
  text: 'body',
  label: 'class',
  ...part,
});
const errors = (part: Partial<TextImportForm>, taken: readonly string[] = []) => {
  const parsed = parseTextImport(form(part), taken);
  return parsed.ok ? {} : parsed.errors;
};

describe('the options of an import of texts', () => {
  it('are the columns, and splits drawn 80 / 10 / 10', () => {
    expect(parseTextImport(form({ name: ' mails ' }), [])).toEqual({
      ok: true,
      options: {
        name: 'mails',
        as: 'text',
        size: 28,
        text: { text: 'body', pair: null, label: 'class', separator: null, header: 'yes', encoding: 'auto' },
        splits: { kind: 'stratified', train: 0.8, validation: 0.1, seed: 1 },
      },
    });
  });

  it('take given splits by their column, whatever train says then', () => {
    const parsed = parseTextImport(form({ splitColumn: 'set', train: 'x', validation: '20' }), []);
    expect(parsed).toMatchObject({
      ok: true,
      options: { splits: { kind: 'given', column: 'set', validation: 0.2, seed: 1 } },
    });
  });

  it('take several labels by what stands between them', () => {
    expect(choicesOf(form({ labels: 'several', separator: '|' })).separator).toBe('|');
    expect(choicesOf(form({ labels: 'one', separator: '|' })).separator).toBeNull();
    expect(Object.keys(errors({ labels: 'several', separator: '' }))).toEqual(['separator']);
  });

  it('refuse what cannot be, at its own field', () => {
    expect(errors({}, ['Mails'])).toEqual({ name: 'There is a dataset "mails" already.' });
    expect(Object.keys(errors({ train: '95', validation: '10' }))).toEqual(['validation']);
    expect(Object.keys(errors({ seed: '1.5' }))).toEqual(['seed']);
  });
});

it('a dataset is named like its file, without the ending', () => {
  expect(['mails.csv', 'nli.JSONL', 'pets.zip', 'v1.2'].map(nameOfSource)).toEqual(['mails', 'nli', 'pets', 'v1.2']);
});
