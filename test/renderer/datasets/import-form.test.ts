import { describe, expect, it } from 'vitest';
import {
  type ImportForm,
  importFormFor,
  parseImportForm,
  testShare,
} from '../../../src/renderer/features/datasets/import-form.ts';

const form = (part: Partial<ImportForm> = {}): ImportForm => ({ ...importFormFor('small1.zip'), ...part });
const errors = (part: Partial<ImportForm>, taken: readonly string[] = []) => {
  const parsed = parseImportForm(form(part), taken);
  return parsed.ok ? {} : parsed.errors;
};

describe('the options of an import', () => {
  it('begin with the name of the source and the default splits', () => {
    expect(parseImportForm(form(), [])).toEqual({
      ok: true,
      options: {
        name: 'small1',
        as: 'auto',
        size: 28,
        splits: { kind: 'drawn', by: 'class', train: 0.64, validation: 0.16, seed: 1 },
      },
    });
  });

  it.each([
    [{ name: ' ' }, 'name'],
    [{ size: '4' }, 'size'],
    [{ size: '28.5' }, 'size'],
    [{ train: 'most' }, 'train'],
    [{ validation: '101' }, 'validation'],
    [{ seed: '-1' }, 'seed'],
  ] as const)('refuse %o at its own field', (part, field) => {
    expect(Object.keys(errors(part))).toEqual([field]);
  });

  it('refuse a name that is taken, in whatever case', () => {
    expect(errors({ name: 'Omniglot' }, ['omniglot'])).toEqual({ name: 'There is a dataset "Omniglot" already.' });
  });

  it('refuse shares of more than everything', () => {
    expect(errors({ train: '80', validation: '30' }).validation).toContain('110 %');
  });
});

it('gives test what is left', () => {
  expect(testShare(form())).toBe(20);
  expect(testShare(form({ train: '64.5 %', validation: '16' }))).toBe(19.5);
  expect(testShare(form({ train: 'x' }))).toBeNull();
});
