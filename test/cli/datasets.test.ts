import { describe, expect, it } from 'vitest';
import { createInterrupts } from '../../src/main/cli/interrupts.ts';
import type { AnyEvent } from '../../src/shared/contract/events.ts';
import type { RequestHandlers } from '../../src/shared/contract/requests.ts';
import type { DatasetClass, DatasetSummary, ImportJob } from '../../src/shared/datasets/dataset.ts';
import { lengthHistogram } from '../../src/shared/datasets/length-histogram.ts';
import type { TableDetail } from '../../src/shared/datasets/table.ts';
import type { TextDetail } from '../../src/shared/datasets/text.ts';
import { cli } from './harness.ts';

const counts = (classes: number) => ({ classes, examples: classes * 20 });
const dataset: DatasetSummary = {
  id: 'd-1',
  name: 'omniglot-small2',
  kind: 'image-classes',
  origin: 'imported',
  source: 'images_background_small2.zip, Omniglot layout',
  version: 2,
  sha256: 'abc',
  bytes: 2_446_080,
  classes: 156,
  examples: 3120,
  layout: { width: 28, height: 28, channels: 1, polarity: 'ink-dark' },
  splits: { train: counts(0), validation: counts(0), test: counts(106), unused: counts(50) },
  createdAt: 0,
  verifiedAt: null,
  usedByRuns: 3,
  state: 'ready',
};
const job: ImportJob = {
  id: 'job-1',
  name: 'omniglot-small2',
  source: 'images_background_small2.zip',
  stage: 'done',
  done: 1,
  total: 1,
  startedAt: 0,
  etaMs: null,
  classes: 156,
  examples: 3120,
  leftOut: [{ file: 'Greek/notes.txt', reason: 'not an image' }],
  leftOutTotal: 1,
  duplicates: 0,
  kind: 'image-classes',
  warnings: [],
  datasetId: 'd-1',
  error: null,
};
const classes: DatasetClass[] = [
  { index: 0, name: 'Greek/character01', group: 'Greek', firstExample: 0, examples: 20, split: 'unused' },
  { index: 1, name: 'Sanskrit/character01', group: 'Sanskrit', firstExample: 20, examples: 20, split: 'test' },
  { index: 2, name: 'Sanskrit/character02', group: 'Sanskrit', firstExample: 40, examples: 20, split: 'test' },
];
const core: Partial<RequestHandlers> = {
  'datasets.list': () => [dataset],
  'datasets.get': () => ({ summary: dataset, classes, text: null, table: null, audio: null }),
  'datasets.import': () => ({ ...job, stage: 'scanning' }),
  'datasets.await-import': () => job,
  'datasets.split': () => dataset,
  'datasets.verify': () => dataset,
  'datasets.remove': () => null,
};

describe('datasets import', () => {
  it('asks with an absolute path, and leaves the plan to the core, and tells what came of it', async () => {
    const { code, asked, output, json } = await cli(
      ['datasets', 'import', 'small2.zip', '--as', 'omniglot', '--json'],
      { core, cwd: '/data' },
    );
    expect(code).toBe(0);
    expect(asked[0]?.body).toEqual({
      ...{ source: '/data/small2.zip', as: 'omniglot', name: null, size: 28 },
      splits: null,
    });
    expect(json()).toMatchObject({
      name: 'omniglot-small2',
      kind: 'image-classes',
      classes: 156,
      examples: 3120,
      sha256: 'abc',
      leftOutTotal: 1,
    });
    expect(output.trim().split('\n')).toHaveLength(1);
  });

  it('names the files that were left out', async () => {
    const { output } = await cli(['datasets', 'import', 'small2.zip'], { core });
    expect(output).toContain('left out    Greek/notes.txt: not an image');
  });

  it('shows progress while it waits', async () => {
    let announce: (event: AnyEvent) => void = () => undefined;
    const slow: Partial<RequestHandlers> = {
      ...core,
      'datasets.await-import': () => {
        announce({
          name: 'import.progress',
          body: { job: { ...job, stage: 'converting', done: 1200, total: 3120, etaMs: 4000 } },
        });
        return job;
      },
    };
    const onConnect = (given: typeof announce) => {
      announce = given;
    };
    const { errors } = await cli(['datasets', 'import', 'small2.zip'], { core: slow, onConnect });
    expect(errors).toContain('omniglot-small2: converting 1,200 of 3,120, 4.0 s left');
  });

  it('fails with the reason and 1', async () => {
    const error = { code: 'unsafe-path', message: 'The entry "../x" leaves its folder through "..".' };
    const refusing = {
      ...core,
      'datasets.await-import': () => ({ ...job, stage: 'failed' as const, datasetId: null, error }),
    };
    const { code, errors } = await cli(['datasets', 'import', 'bad.zip'], { core: refusing });
    expect([code, errors]).toEqual([1, `${error.message}\n`]);
  });

  it('is cancelled by Ctrl+C, with 130', async () => {
    const interrupts = createInterrupts(() => undefined);
    let cancelled: (value: ImportJob) => void = () => undefined;
    const waiting: Partial<RequestHandlers> = {
      ...core,
      'datasets.await-import': () => {
        interrupts.interrupt();
        return new Promise<ImportJob>((resolve) => {
          cancelled = resolve;
        });
      },
      'datasets.cancel-import': () => {
        setImmediate(() => cancelled({ ...job, stage: 'cancelled', datasetId: null }));
        return null;
      },
    };
    const { code, errors } = await cli(['datasets', 'import', 'small2.zip'], { core: waiting, interrupts });
    expect(code).toBe(130);
    expect(errors).toContain('The import was cancelled; nothing was kept.');
  });
});

describe('texts on the command line', () => {
  const lengths = lengthHistogram([4, 9]);
  const labelCounts = [
    { label: 'ham', train: 1200, validation: 150, test: 150, unused: 0 },
    { label: 'spam', train: 400, validation: 50, test: 50, unused: 0 },
  ];
  const text: TextDetail = {
    labels: ['ham', 'spam'],
    labelMode: 'single',
    columns: { text: 'body', pair: null, label: 'class', split: null },
    lengths: { characters: lengths, words: lengths },
    duplicates: 3,
    contradictions: 1,
    version: { sha256: 'cd', labelCounts, shared: 0, origin: 'drawn by label, 80 / 10 / 10 %, seed 1' },
  };
  const mails: DatasetSummary = { ...dataset, name: 'mails', kind: 'text-classes', layout: null, classes: 2 };
  const ofTexts: Partial<RequestHandlers> = {
    ...core,
    'datasets.list': () => [mails],
    'datasets.get': () => ({ summary: mails, classes: [], text, table: null, audio: null }),
  };

  it('say how to read them: columns, separator, given splits', async () => {
    const line = ['datasets', 'import', 'm.csv', '--text', 'body', '--label', 'class', '--separator', ';'];
    const { asked, output } = await cli([...line, '--split-column', 'set', '--split', 'validation=0'], {
      core: ofTexts,
      cwd: '/data',
    });
    expect(asked[0]?.body).toEqual({
      ...{ source: '/data/m.csv', as: 'text', name: null, size: 28 },
      splits: { kind: 'given', column: 'set', validation: 0, seed: 1 },
      text: { text: 'body', pair: null, label: 'class', separator: ';', header: 'yes', encoding: 'auto' },
    });
    expect(output).toContain('ham    1,200         150   150');
    expect(output).toContain('3 texts are there again, 1 of them with other labels');
  });

  it('are split by fractions of the examples, or as given', async () => {
    const split = async (...words: string[]) =>
      (await cli(['datasets', 'split', 'mails', ...words], { core: ofTexts })).asked.find(
        ({ name }) => name === 'datasets.split',
      )?.body;
    const drawn = { kind: 'stratified', train: 0.7, validation: 0.1, seed: 5 };
    expect(await split('--train', '0.7', '--seed', '5')).toEqual({ id: 'd-1', splits: drawn });
    expect(await split('--given')).toMatchObject({ splits: { kind: 'given', validation: 0.1 } });
    const { code, errors } = await cli(['datasets', 'split', 'mails', '--by', 'class'], { core: ofTexts });
    expect([code, errors]).toEqual([2, expect.stringContaining('--by is for image classes')]);
  });
});

describe('tables of rows', () => {
  const table: TableDetail = {
    labels: ['ill', 'well'],
    labelColumn: 'outcome',
    splitColumn: null,
    columns: [
      { kind: 'number', name: 'age', least: 1, mean: 40.25, most: 93, missing: 7 },
      { kind: 'category', name: 'ward', categories: ['a', 'b', 'c', 'd', 'e', 'f', 'g'], missing: 0 },
    ],
    ignored: [{ name: 'id', reason: 'looks like the number of the row: every row has another' }],
    duplicates: 1,
    contradictions: 0,
    encoding: { chosen: 'auto', unit: 'line', counts: [{ encoding: 'utf-8', amount: 9 }] },
    version: {
      sha256: 'cd',
      labelCounts: [{ label: 'ill', train: 8, validation: 1, test: 1, unused: 0 }],
      shared: 0,
      origin: 'drawn by label, 80 / 10 / 10 %, seed 1',
    },
  };
  const rows: DatasetSummary = { ...dataset, name: 'p', kind: 'table-classes', layout: null, classes: 2 };
  const ofRows: Partial<RequestHandlers> = {
    ...core,
    'datasets.list': () => [rows],
    'datasets.get': () => ({ summary: rows, classes: [], text: null, table, audio: null }),
  };
  const importBody = async (...words: string[]) =>
    (await cli(['datasets', 'import', 'p.csv', ...words], { core: ofRows, cwd: '/data' })).asked[0]?.body;

  it('say what their columns are', async () => {
    const uses = ['--columns', 'age=number,a,b=c=category', '--columns', 'id=ignored'];
    expect(await importBody('--label', 'outcome', ...uses, '--split-column', 'set')).toEqual({
      ...{ source: '/data/p.csv', as: 'table', name: null, size: 28 },
      splits: { kind: 'given', column: 'set', validation: 0.1, seed: 1 },
      table: {
        label: 'outcome',
        columns: { age: 'number', 'a,b=c': 'category', id: 'ignored' },
        header: 'yes',
        encoding: 'auto',
      },
    });
  });

  it('leave it to what the file holds where texts could be meant too', async () => {
    expect(await importBody('--label', 'y')).toMatchObject({ as: 'auto', table: { label: 'y' }, text: { label: 'y' } });
    expect(await importBody('--split-column', 'set')).toMatchObject({ as: 'auto', table: {}, text: {} });
    expect(await importBody()).not.toHaveProperty('table');
    expect(await importBody('--text', 'body')).toMatchObject({ as: 'text' });
  });

  it.each([
    [['--columns', 'age:number'], '--columns is "age:number"; allowed: COLUMN=number'],
    [['--columns', 'age=number', '--text', 'body'], '--columns is for tables of rows, and --text for texts.'],
    [['--as', 'table', '--pair', 'b'], '--pair is for texts, not for tables of rows.'],
  ])('refuse %j', async (words, message) => {
    const { code, errors } = await cli(['datasets', 'import', 'p.csv', ...words], { core: ofRows });
    expect([code, errors]).toEqual([2, expect.stringContaining(message)]);
  });

  it('show columns, what was left out and why, and labels', async () => {
    const { output } = await cli(['datasets', 'show', 'p'], { core: ofRows });
    expect(output).toContain('columns     1 number, 1 category; label: outcome');
    expect(output).toContain('equal       1 row is there again');
    expect(output).toContain('left out    id: looks like the number of the row');
    expect(output).toMatch(/age +number +7 +1 to 93, mean 40\.3/);
    expect(output).toMatch(/ward +category +a, b, c, d, e and 2 more/);
    expect(output).toMatch(/ill +8 +1 +1/);
  });

  it('are split by example', async () => {
    const { asked } = await cli(['datasets', 'split', 'p', '--train', '0.6', '--seed', '2'], { core: ofRows });
    expect(asked.at(-1)?.body).toEqual({
      id: 'd-1',
      splits: { kind: 'stratified', train: 0.6, validation: 0.1, seed: 2 },
    });
  });
});

describe('the other dataset commands', () => {
  it('list and show splits, groups and digest', async () => {
    expect((await cli(['datasets', 'list'], { core })).output).toMatch(/omniglot-small2 .* 0\/0\/106 /);
    const { output } = await cli(['datasets', 'show', 'omniglot-small2'], { core });
    expect(output).toMatch(/Greek +1$/m);
    expect(output).toMatch(/Sanskrit +2$/m);
    expect(output).toContain('sha256      abc');
  });

  it('split with the plan that was typed', async () => {
    const words = [
      'datasets',
      'split',
      'omniglot-small2',
      '--by',
      'group',
      '--assign',
      'unused=Greek,Latin',
      '--rest',
      'test',
    ];
    const { code, asked } = await cli(words, { core });
    expect(code).toBe(0);
    expect(asked.at(-1)?.body).toEqual({
      id: 'd-1',
      splits: { kind: 'assigned', by: 'group', assign: { Greek: 'unused', Latin: 'unused' }, rest: 'test' },
    });
  });

  it('verify tells what was found, with 1 for a change', async () => {
    expect((await cli(['datasets', 'verify', 'd-1'], { core })).output).toContain('is as it was imported');
    const changed = { ...core, 'datasets.verify': () => ({ ...dataset, state: 'changed-on-disk' as const }) };
    const { code, output } = await cli(['datasets', 'verify', 'd-1'], { core: changed });
    expect([code, output]).toEqual([1, 'omniglot-small2 has changed on disk (sha256 abc).\n']);
  });

  it('remove only what exists, forced only when asked', async () => {
    expect((await cli(['datasets', 'remove', 'omniglot-small2'], { core })).asked.at(-1)?.body).toEqual({
      id: 'd-1',
      force: 'no',
    });
    const { code, errors } = await cli(['datasets', 'remove', 'omniglot-smal2', '--force'], { core });
    expect([code, errors]).toEqual([1, 'There is no dataset "omniglot-smal2". Did you mean omniglot-small2?\n']);
  });
});
