import { mkdir, mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { storedRows } from '../../../../src/main/files/table-rows.ts';
import { defaultTableImport, type TableImport } from '../../../../src/shared/datasets/table.ts';
import { defaultTextImport } from '../../../../src/shared/datasets/text.ts';
import { presetById } from '../../../../src/shared/run-config/presets.ts';
import {
  type ImportRequest,
  importNow,
  importRequest,
  preparedLibrary,
  type TestLibrary,
  testLibrary,
} from '../test-library.ts';

const scratch = (): Promise<string> => mkdtemp(join(tmpdir(), 'innerloop-tables-'));
const prepared = async (): Promise<TestLibrary> => preparedLibrary(await scratch());

async function file(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(await scratch(), name);
  await writeFile(path, content);
  return path;
}

/** 40 patients: a number of the row, an age, a ward, a constant, an outcome; and more rows as they stand. */
function patients(...more: readonly string[]): string {
  const rows = Array.from({ length: 40 }, (_, i) => {
    const age = i === 3 ? '' : i === 4 ? 'NaN' : String(20 + (i % 17) + i / 100);
    const ward = i === 5 ? '?' : ['east', 'north', 'west'][i % 3];
    return `${i + 1},${age},${ward},mg,${i % 4 === 0 ? 'ill' : 'well'}`;
  });
  return ['patient,age,ward,unit,outcome', ...rows, ...more].join('\n');
}

const tables = (source: string, table: Partial<TableImport> = {}, more: Partial<ImportRequest> = {}): ImportRequest =>
  importRequest(source, { splits: null, as: 'table', table: { ...defaultTableImport, ...table }, ...more });

async function imported(test: TestLibrary, request: ImportRequest) {
  const job = await importNow(test, request);
  const id = job.datasetId!;
  const { summary, table } = await test.library.handlers['datasets.get']({ id });
  return { job, id, summary, table: table!, folder: join(test.folder, id) };
}

const page = { split: null, label: null, search: '', offset: 0, limit: 200 } as const;

describe('a table of rows', () => {
  it('is imported with columns found out, and those left out say why', async () => {
    const test = await prepared();
    const { summary, table, folder, job } = await imported(
      test,
      importRequest(await file('p.csv', patients()), { splits: null }),
    );
    expect(job).toMatchObject({ kind: 'table-classes', stage: 'done', examples: 40, classes: 2 });
    expect(summary).toMatchObject({
      kind: 'table-classes',
      classes: 2,
      examples: 40,
      source: 'p.csv, CSV',
      layout: null,
    });
    expect(table).toMatchObject({
      labels: ['ill', 'well'],
      labelColumn: 'outcome',
      splitColumn: null,
      columns: [
        { kind: 'number', name: 'age', least: 20, missing: 2 },
        { kind: 'category', name: 'ward', categories: ['east', 'north', 'west'], missing: 1 },
      ],
      ignored: [
        { name: 'patient', reason: 'looks like the number of the row: every row has another' },
        { name: 'unit', reason: 'every row has "mg"' },
      ],
    });
    const lines = (await readFile(join(folder, 'rows.jsonl'), 'utf8')).split('\n');
    expect(lines[0]).toBe('[0,20,0]');
    expect(lines[3]).toBe('[1,null,0]');
    expect(lines[5]).toBe('[1,25.05,null]');
    expect((await readFile(join(folder, 'splits-v1.u8'))).length).toBe(40);
    expect((await test.library.handlers['datasets.verify']({ id: summary.id })).state).toBe('ready');
  });

  it('takes columns for what is said', async () => {
    const uses = { patient: 'number', ward: 'ignored', age: 'category' } as const;
    const { table } = await imported(await prepared(), tables(await file('p.csv', patients()), { columns: uses }));
    expect(table.columns.map(({ name, kind }) => [name, kind])).toEqual([
      ['patient', 'number'],
      ['age', 'category'],
    ]);
    expect(table.ignored).toContainEqual({ name: 'ward', reason: 'as chosen' });
  });

  it('gives the same rows from JSON lines, with their numbers as numbers', async () => {
    const rows = Array.from({ length: 12 }, (_, i) => ({
      x: i % 3 === 0 ? null : (i % 5) / 2,
      flag: i % 2 === 0,
      y: `c${i % 2}`,
    }));
    const test = await prepared();
    const { id, table } = await imported(
      test,
      tables(await file('r.jsonl', rows.map((row) => JSON.stringify(row)).join('\n'))),
    );
    expect(table.columns).toMatchObject([
      { kind: 'number', name: 'x' },
      { kind: 'category', categories: ['false', 'true'] },
    ]);
    const { rows: shown } = await test.library.handlers['datasets.rows']({ ...page, id });
    expect(shown[1]).toMatchObject({ index: 1, cells: ['0.5', 'false'], label: 1 });
    expect(shown[0]?.cells[0]).toBeNull();
  });

  it('counts rows that stand there again, and keeps them in one split', async () => {
    const twice = Array.from({ length: 30 }, (_, i) => `${i % 10},${i % 10 === 7 && i > 20 ? 'b' : 'a'}\n${i + 0.5},b`);
    const test = await prepared();
    const { job, table, id } = await imported(test, tables(await file('t.csv', `x,y\n${twice.join('\n')}`)));
    expect(table).toMatchObject({ duplicates: 20, contradictions: 1, version: { shared: 0 } });
    expect(job.warnings).toEqual(['1 row stands here again with other labels.']);
    const { rows } = await test.library.handlers['datasets.rows']({ ...page, id });
    const splits = new Map<string, Set<string>>();
    for (const { cells, split } of rows) splits.set(cells[0]!, (splits.get(cells[0]!) ?? new Set()).add(split));
    expect([...splits.values()].every((of) => of.size === 1)).toBe(true);
  });

  it('is read without a header where there is none', async () => {
    const rows = Array.from({ length: 20 }, (_, i) => `${i % 7}.5,${i % 2 === 0 ? 'yes' : 'no'}`).join('\n');
    const { table } = await imported(await prepared(), tables(await file('n.csv', rows), { header: 'no' }));
    expect(table).toMatchObject({ labelColumn: 'column 2', columns: [{ name: 'column 1', kind: 'number' }] });
  });
});

describe('splits of a table', () => {
  const withSets = (): string =>
    [
      'x,set,y',
      ...Array.from({ length: 40 }, (_, i) => `${i * 1.5},${i < 30 ? 'train' : 'test'},${i % 2 === 0 ? 'a' : 'b'}`),
    ].join('\n');

  it('are those that a column gives, with validation drawn from train', async () => {
    const { summary, table } = await imported(await prepared(), tables(await file('s.csv', withSets())));
    expect(table).toMatchObject({ splitColumn: 'set', columns: [{ name: 'x' }] });
    expect(summary.splits).toMatchObject({
      train: { examples: 27 },
      validation: { examples: 3 },
      test: { examples: 10 },
    });
  });

  it('are found in a file that could hold texts too', async () => {
    const both = {
      as: 'auto',
      text: defaultTextImport,
      splits: { kind: 'given', column: 'set', validation: 0.1, seed: 1 },
    } as const;
    const { summary, table } = await imported(await prepared(), tables(await file('s.csv', withSets()), {}, both));
    expect([summary.kind, table.splitColumn]).toEqual(['table-classes', 'set']);
  });

  it('change as a new version, which goes back to the given ones', async () => {
    const test = await prepared();
    const { id, folder } = await imported(test, tables(await file('s.csv', withSets())));
    const split = test.library.handlers['datasets.split'];
    const drawn = await split({ id, splits: { kind: 'stratified', train: 0.5, validation: 0.25, seed: 3 } });
    expect(drawn).toMatchObject({ version: 2, splits: { train: { examples: 20 }, validation: { examples: 10 } } });
    expect(await split({ id, splits: { kind: 'stratified', train: 0.5, validation: 0.25, seed: 3 } })).toMatchObject({
      version: 2,
    });
    const given = await split({ id, splits: { kind: 'given', column: 'set', validation: 0.1, seed: 1 } });
    expect(given).toMatchObject({ version: 3, splits: { test: { examples: 10 } } });
    expect((await readdir(folder)).sort()).toEqual([
      'manifest.json',
      'rows.jsonl',
      'splits-v1.u8',
      'splits-v2.u8',
      'splits-v3.u8',
    ]);
    await test.library.handlers['datasets.remove']({ id, force: 'no' });
    expect(await readdir(test.folder)).not.toContain(id);
  });
});

describe('a page of rows', () => {
  it('filters by split, label and words, and counts what fits', async () => {
    const test = await prepared();
    const { id } = await imported(test, tables(await file('p.csv', patients())));
    const rows = test.library.handlers['datasets.rows'];
    const north = await rows({ ...page, id, search: 'NORTH', limit: 2, offset: 1 });
    expect(north.total).toBe(13);
    expect(north.rows.map(({ index }) => index)).toEqual([4, 7]);
    const ill = await rows({ ...page, id, label: 0, split: 'train' });
    expect(ill.total).toBe(8);
    expect(ill.rows.every(({ label, split }) => label === 0 && split === 'train')).toBe(true);
  });

  it('is refused of another kind of dataset', async () => {
    const test = await prepared();
    const asked = async () => test.library.handlers['datasets.rows']({ ...page, id: 'glyphs' });
    await expect(asked()).rejects.toThrow('The dataset "glyphs" holds images and no rows of a table.');
  });

  it('refuses a damaged file by its line', async () => {
    const path = await file('rows.jsonl', '[0,1.5]\n[7,1.5]\n');
    const read = async () => {
      for await (const _ of storedRows(path, {
        labels: ['a'],
        columns: [{ kind: 'number', name: 'x', least: 0, mean: 0, most: 1, missing: 0 }],
      }));
    };
    await expect(read()).rejects.toThrow('"rows.jsonl", line 2, is no row of this dataset');
  });
});

describe('a refused import of a table says why, by file, line and column, and leaves nothing behind', () => {
  const wide = ['city,y', ...Array.from({ length: 2200 }, (_, i) => `c${i % 1100},${i % 2}`)].join('\n');
  it.each<[string, string, string, Partial<TableImport>, string]>([
    ['one label', 'a.csv', 'x,y\n1,a\n2,a', {}, '"a.csv" has one label only, "a", in "y"; at least two are needed.'],
    ['a missing label', 'a.csv', patients('41,30,east,mg,'), {}, '"a.csv", line 42, has no label in "outcome".'],
    [
      'more fields than columns',
      'a.csv',
      patients('41,30,east,mg,ill,!'),
      {},
      '"a.csv", line 42, has 6 fields, and there are 5 columns.',
    ],
    [
      'a word among numbers',
      'a.csv',
      patients('41,abc,east,mg,ill'),
      {},
      '"a.csv", line 42, has "abc" in "age", which is a column of numbers: import it as a category, leave it out',
    ],
    [
      'a decimal comma',
      'a.tsv',
      patients('41,"3,5",east,mg,ill').replaceAll(/,(?!5")/g, '\t'),
      {},
      '"a.tsv", line 42, has "3,5" in "age"',
    ],
    ['no rows', 'a.csv', 'x,y\n', { label: 'y' }, 'No column of "a.csv" is left to learn from'],
    [
      'too many categories',
      'a.csv',
      wide,
      { label: 'y', columns: { city: 'category' } },
      '"a.csv" has more than 1,000 different values in "city"',
    ],
    [
      'an unknown column',
      'a.csv',
      patients(),
      { columns: { agee: 'number' } },
      '"a.csv" has no column "agee". Did you mean "age"?',
    ],
    [
      'a label that is also a number',
      'a.csv',
      patients(),
      { label: 'age', columns: { age: 'number' } },
      'The column "age" was chosen for two things.',
    ],
    [
      'nothing but numbers of rows',
      'a.csv',
      ['id,y', ...Array.from({ length: 20 }, (_, i) => `${i},${i % 2}`)].join('\n'),
      { label: 'y' },
      'No column of "a.csv" is left to learn from ("id" looks like the number of the row',
    ],
    [
      'another encoding than said',
      'a.csv',
      patients('41,30,\u00e9t\u00e9,mg,ill'),
      { encoding: 'utf-16le' },
      '"a.csv"',
    ],
    [
      'a file that is no table',
      'a.zip',
      'PK',
      {},
      'A table of rows is one .csv, .tsv or .jsonl file, and "a.zip" is none.',
    ],
  ])('%s', async (_, name, content, table, message) => {
    const test = await prepared();
    await expect(importNow(test, tables(await file(name, content), table))).rejects.toThrow(message);
    expect((await readdir(test.folder)).filter((each) => each.includes('a-'))).toEqual([]);
    expect(test.store.getDataset('a')).toBeNull();
  });

  it('one that is cancelled', async () => {
    const test = await prepared();
    const job = await test.library.handlers['datasets.import'](tables(await file('p.csv', patients())));
    await test.library.handlers['datasets.cancel-import']({ jobId: job.id });
    await expect(test.library.handlers['datasets.await-import']({ jobId: job.id })).rejects.toThrow('was cancelled');
    expect((await readdir(test.folder)).filter((each) => each.includes('p-t'))).toEqual([]);
  });

  it('leaves what a killed import wrote to the next start, which removes it', async () => {
    const test = await prepared();
    await mkdir(join(test.folder, '.adding-p-t9'));
    await writeFile(join(test.folder, '.adding-p-t9', 'rows.jsonl'), '[0,1]\n');
    const { library } = testLibrary(join(test.folder, '..'), test.store);
    await library.prepare();
    expect(await readdir(test.folder)).not.toContain('.adding-p-t9');
  });
});

describe('a preview of a table', () => {
  const look = async (source: string, table: Partial<TableImport> | null = null, as: 'auto' | 'table' = 'auto') =>
    (await prepared()).library.handlers['datasets.preview']({
      ...{ source, as, text: null, audio: null },
      table: table === null ? null : { ...defaultTableImport, splitColumn: null, ...table },
    });

  it('says what each column would be, and why some would be left out', async () => {
    expect(await look(await file('p.csv', patients()))).toMatchObject({
      holds: 'table',
      preview: {
        format: 'csv',
        rowsRead: 40,
        complete: 'yes',
        columns: [
          { name: 'patient', use: 'ignored', distinct: 40 },
          { name: 'age', use: 'number', missing: 2 },
          { name: 'ward', use: 'category', distinct: 3, missing: 1 },
          { name: 'unit', use: 'ignored', reason: 'every row has "mg"' },
          { name: 'outcome', use: 'label' },
        ],
        chosen: { label: 'outcome', splitColumn: null },
        labels: [
          { label: 'well', examples: 30 },
          { label: 'ill', examples: 10 },
        ],
        problem: null,
      },
    });
  });

  it('says what an import would stumble over', async () => {
    const shown = await look(await file('p.csv', patients('41,abc,east,mg,ill')), {});
    expect(shown).toMatchObject({
      preview: { labelsTotal: 2, problem: expect.stringContaining('line 42, has "abc"') },
    });
  });

  it('takes a table of texts for texts, and one of numbers for a table', async () => {
    const mails = Array.from({ length: 20 }, (_, i) => `${i},"please read this mail number ${i}",${i % 2}`);
    expect((await look(await file('m.csv', ['n,what,y', ...mails].join('\n')))).holds).toBe('texts');
    expect((await look(await file('m.csv', ['n,what,y', ...mails].join('\n')), null, 'table')).holds).toBe('table');
    const named = ['text,label', 'café,a', 'plain,b', 'café,a', 'plain,b', 'x,a', 'x,b'].join('\n');
    expect((await look(await file('s.csv', named))).holds).toBe('texts');
  });
});

describe('a run on a table', () => {
  it('is checked against the rows that each class has', async () => {
    const test = await prepared();
    const { id } = await imported(test, tables(await file('p.csv', patients())));
    const config = presetById('fine-tune-table').config;
    const on = (dataset: string, perClass: number) => {
      if (config.task.kind !== 'table-classes') throw new Error(config.task.kind);
      return { ...config, task: { ...config.task, dataset, perClass } };
    };
    expect(test.library.checkTask(on('p', 8)).errors).toEqual([]);
    expect(test.library.checkTask(on('p', 9)).errors).toMatchObject([
      { path: 'task.perClass', message: 'The class "ill" of "p" has 8 training rows; task.perClass is 9.', nearest: 8 },
    ]);
    expect(test.library.checkTask(on('glyphs', 0)).errors).toMatchObject([
      {
        path: 'task.dataset',
        message: '"glyphs" holds images, and this task needs rows of a table.',
        allowed: 'one of "p"',
      },
    ]);
    expect(test.library.exampleCounts(on('p', 5))).toEqual({ train: 10, validation: 4, test: 4 });
    expect(test.library.trainerDataset(test.library.datasetFacts(on('p', 0))!)).toMatchObject({
      ...{ kind: 'table-classes', id, rows: 40, labels: ['ill', 'well'] },
      rowsFile: join(test.folder, id, 'rows.jsonl'),
      splitsFile: join(test.folder, id, 'splits-v1.u8'),
    });
  });
});
