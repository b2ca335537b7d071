import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sha256OfBytes } from '../../../../src/main/files/digest.ts';
import { readTextExamples } from '../../../../src/main/files/text-examples.ts';
import { readTextLines } from '../../../../src/main/files/text-lines.ts';
import type { TextTrainerDataset } from '../../../../src/shared/contract/trainer.ts';
import type { ImportJob } from '../../../../src/shared/datasets/dataset.ts';
import { defaultTextImport } from '../../../../src/shared/datasets/text.ts';
import { encodingNote, encodingWords } from '../../../../src/shared/datasets/text-encoding.ts';
import { presetById } from '../../../../src/shared/run-config/presets.ts';
import { scratchFolders } from '../../../files/scratch.ts';
import { zip } from '../../../files/zip-builder.ts';
import {
  type ImportRequest,
  importNow,
  importRequest,
  preparedLibrary,
  type TestLibrary,
  writeTree,
} from '../test-library.ts';

const scratch = scratchFolders();
const prepared = (): Promise<TestLibrary> => scratch().then(preparedLibrary);

async function file(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(await scratch(), name);
  await writeFile(path, content);
  return path;
}

/** Twenty texts of two labels. */
const mails = (more = ''): string =>
  `subject,body,label\r\n${Array.from({ length: 20 }, (_, i) => `s${i},"text, number ${i}",${i % 4 === 0 ? 'spam' : 'ham'}`).join('\r\n')}\r\n${more}`;

const texts = (source: string, more: Partial<ImportRequest> = {}): ImportRequest =>
  importRequest(source, { splits: null, ...more });

async function imported(test: TestLibrary, request: ImportRequest) {
  const job = await importNow(test, request);
  const folder = join(test.folder, job.datasetId!);
  const answer = await test.library.handlers['datasets.get']({ id: job.datasetId! });
  return { job, folder, summary: answer.summary, detail: answer.text! };
}

const facts = ({
  id,
  name,
  version,
  sha256: digest,
}: {
  id: string;
  name: string;
  version: number;
  sha256: string;
}) => ({
  id,
  name,
  version,
  digest,
});

describe('an import of texts', () => {
  it('stores examples, splits, manifest and row as a trainer reads them', async () => {
    const test = await prepared();
    const { job, folder, summary, detail } = await imported(test, texts(await file('mails.csv', `\ufeff${mails()}`)));
    expect(job).toMatchObject({ kind: 'text-classes', stage: 'done', classes: 2, examples: 20, warnings: [] });
    expect(summary).toMatchObject({
      name: 'mails',
      kind: 'text-classes',
      source: 'mails.csv, CSV',
      layout: null,
      classes: 2,
      examples: 20,
      splits: { train: { classes: 2, examples: 16 }, validation: { examples: 2 }, test: { examples: 2 } },
    });
    expect(detail).toMatchObject({
      labels: ['ham', 'spam'],
      labelMode: 'single',
      columns: { text: 'body', pair: null, label: 'label', split: null },
      version: { origin: 'drawn by label, 80 / 10 / 10 %, seed 1', shared: 0 },
      lengths: { words: { least: 3, most: 3 }, characters: { least: 14, most: 15 } },
    });
    const content = await readFile(join(folder, 'examples.jsonl'));
    expect(sha256OfBytes(content)).toBe(summary.sha256);
    expect(content.toString('utf8').split('\n')[0]).toBe('{"text":"text, number 0","labels":[1]}');
    expect(JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8'))).toEqual({
      format: 1,
      kind: 'text-classes',
      labels: ['ham', 'spam'],
      labelMode: 'single',
      columns: detail.columns,
      examples: 20,
      sha256: summary.sha256,
    });
    const given = test.library.trainerDataset(facts(summary)) as TextTrainerDataset;
    expect(given).toMatchObject({ kind: 'text-classes', labels: ['ham', 'spam'], labelMode: 'single', examples: 20 });
    const read = await readTextExamples(given.examplesFile);
    expect([read.texts[3], read.pairs[3], read.labels[3]]).toEqual(['text, number 3', null, [0]]);
    const codes = await readFile(given.splitsFile);
    expect([codes.length, codes.filter((code) => code === 0).length]).toEqual([20, 16]);
  });

  it('reads pairs and several labels from JSONL', async () => {
    const rows = Array.from({ length: 12 }, (_, i) => ({
      premise: `p${i}`,
      hypothesis: `h${i}`,
      tags: i % 3 === 0 ? ['a', 'b'] : i % 3 === 1 ? ['b'] : [],
    }));
    const path = await file('nli.jsonl', rows.map((row) => JSON.stringify(row)).join('\n'));
    const test = await prepared();
    const { folder, detail } = await imported(test, texts(path, { text: { ...defaultTextImport, separator: ';' } }));
    expect(detail).toMatchObject({
      labelMode: 'multi',
      columns: { text: 'premise', pair: 'hypothesis', label: 'tags' },
    });
    const read = await readTextExamples(join(folder, 'examples.jsonl'));
    expect([read.pairs[1], read.labels.slice(0, 3)]).toEqual(['h1', [[0, 1], [1], []]]);
  });

  it('takes a folder per label, also in an archive, and given splits from the folders above', async () => {
    const tree = {
      'train/pos/1.txt': 'good',
      'train/pos/2.txt': 'fine',
      'train/neg/1.txt': 'bad',
      'train/neg/2.txt': 'poor',
      'test/pos/1.txt': 'good',
      'test/neg/1.txt': '\n ',
      'test/neg/2.txt': 'awful',
    };
    const folder = await writeTree(join(await scratch(), 'reviews'), tree);
    const test = await prepared();
    const { job, summary, detail } = await imported(test, texts(folder));
    expect(summary).toMatchObject({ examples: 6, splits: { test: { classes: 2, examples: 2 } } });
    expect(detail).toMatchObject({ duplicates: 1, contradictions: 0, version: { shared: 1 } });
    expect(job.leftOut).toEqual([{ file: 'test/neg/1.txt', reason: 'has no text.' }]);
    expect(job.warnings).toEqual(['1 text is in more than one split: a measurement on them is no test.']);
    const archive = await file('pets.zip', zip(Object.entries(tree).map(([name, content]) => ({ name, content }))));
    expect((await imported(test, texts(archive))).summary.sha256).toBe(summary.sha256);
  });

  it('takes given splits, and draws validation from train where they have none', async () => {
    const rows = Array.from({ length: 24 }, (_, i) => `text ${i}\t${i % 2 ? 'a' : 'b'}\t${i < 20 ? 'train' : 'test'}`);
    const path = await file('corpus.tsv', ['text\tlabel\tset', ...rows].join('\n'));
    const { folder, detail } = await imported(await prepared(), texts(path));
    expect(detail.columns.split).toBe('set');
    expect(detail.version.origin).toBe('as given in set; validation drawn from train, 10 %, seed 1');
    const codes = await readFile(join(folder, 'splits-v1.u8'));
    expect([...codes.subarray(20)]).toEqual([2, 2, 2, 2]);
    expect(codes.filter((code) => code === 1).length).toBe(2);
  });

  it('needs no header', async () => {
    const path = await file('SMSSpamCollection.txt', 'ham\thello you\nspam\twin it\nham\tsee you\n');
    const { detail } = await imported(await prepared(), texts(path, { text: { ...defaultTextImport, header: 'no' } }));
    expect(detail).toMatchObject({ columns: { text: 'column 2', label: 'column 1' }, labels: ['ham', 'spam'] });
  });
});

describe('texts of other encodings', () => {
  const table = 'text,label\r\ncafé,a\r\n"naïve, “so”",b\r\nplain,a\r\n';
  const utf16be = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();
  const latin = (text: string): Buffer => Buffer.from(text.replace('“', '\x93').replace('”', '\x94'), 'latin1');
  const cases = [
    ['UTF-16, little end first', Buffer.from(`\ufeff${table}`, 'utf16le'), 'auto', 'utf-16le'],
    ['UTF-16, big end first', utf16be(`\ufeff${table}`), 'auto', 'utf-16be'],
    ['UTF-16 without a mark, as chosen', Buffer.from(table, 'utf16le'), 'utf-16le', 'utf-16le (chosen)'],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${table}`), 'auto', 'UTF-8'],
    ['windows-1252', latin(table), 'auto', 'UTF-8; 2 lines as windows-1252'],
    ['windows-1252, as chosen', latin(table), 'windows-1252', 'windows-1252 (chosen)'],
  ] as const;
  it.each(cases)('are read: %s', async (_, content, encoding, words) => {
    const test = await prepared();
    const request = texts(await file('m.csv', content), { text: { ...defaultTextImport, encoding } });
    const { folder, detail, job } = await imported(test, request);
    expect((await readTextExamples(join(folder, 'examples.jsonl'))).texts).toEqual(['café', 'naïve, “so”', 'plain']);
    expect(encodingWords(detail.encoding!)).toBe(words);
    const note = '2 lines are no UTF-8 text and were read as windows-1252. Choose the encoding if that is not right.';
    expect(job.warnings).toEqual(encoding === 'auto' && words.includes('as windows') ? [note] : []);
  });

  it('may be mixed with UTF-8: lines of a table, files of folders', async () => {
    const test = await prepared();
    const mixed = Buffer.concat([Buffer.from('text,label\nœuf,a\n'), latin('café,b\n')]);
    const { folder, detail } = await imported(test, texts(await file('m.csv', mixed)));
    expect((await readTextExamples(join(folder, 'examples.jsonl'))).texts).toEqual(['œuf', 'café']);
    expect(encodingWords(detail.encoding!)).toBe('UTF-8; 1 line as windows-1252');
    const tree = { 'a/1.txt': 'œuf', 'a/2.txt': 'x', 'b/1.txt': latin('café'), 'b/2.txt': utf16be('\ufeffthé') };
    const ofFolders = await imported(test, texts(await writeTree(join(await scratch(), 'tree'), tree)));
    expect((await readTextExamples(join(ofFolders.folder, 'examples.jsonl'))).texts).toEqual([
      'œuf',
      'x',
      'café',
      'thé',
    ]);
    expect(encodingWords(ofFolders.detail.encoding!)).toBe('UTF-8; 1 file as utf-16be; 1 file as windows-1252');
    expect(ofFolders.job).toMatchObject({
      leftOut: [],
      warnings: ['1 file is no UTF-8 text and was read as windows-1252. Choose the encoding if that is not right.'],
    });
  });

  it('are lines of any length, wherever the file is cut into parts', async () => {
    const rows = Array.from({ length: 3000 }, (_, i) => `${'é'.repeat(i % 900)}${i},${i % 2 ? 'a' : 'b'}\n`).join('');
    for (const content of [Buffer.from(`\ufefftext,label\n${rows}`, 'utf16le'), latin(`text,label\n${rows}`)]) {
      const path = await file('m.csv', content);
      const lines: string[] = [];
      for await (const { text } of readTextLines(path, 'm.csv', { encoding: 'auto' })) lines.push(text);
      expect(lines.join('\n')).toBe(`text,label\n${rows}`.trimEnd());
    }
  });

  it('are shown in a preview as they would be read', async () => {
    const path = await file('m.csv', latin(table));
    const asked = { source: path, as: 'auto', text: null, table: null, audio: null } as const;
    const answer = await (await prepared()).library.handlers['datasets.preview'](asked);
    if (answer.holds !== 'texts') throw new Error(answer.holds);
    const shown = answer.preview;
    expect(shown).toMatchObject({
      rows: [
        ['café', 'a'],
        ['naïve, “so”', 'b'],
        ['plain', 'a'],
      ],
      chosen: { encoding: 'auto' },
      problem: null,
    });
    expect(encodingNote(shown.encoding)).toContain('2 lines are no UTF-8 text');
  });
});

describe('a refused import of texts says why, by file and line, and leaves nothing behind', () => {
  const long = 'x'.repeat(1_000_001);
  const latin1 = Buffer.concat([Buffer.from('text,label\nfine,a\ncaf'), Buffer.from([0xe9]), Buffer.from(',b\n')]);
  const cases: readonly (readonly [string, string, string | Uint8Array, Partial<ImportRequest>, string])[] = [
    ['no such column', 'm.csv', mails(), { text: { ...defaultTextImport, text: 'bodi' } }, '"m.csv" has no column "bodi". Did you mean "body"? Its columns are subject, body, label.'],
    ['an empty text', 'm.csv', mails('s,"  ",ham'), {}, '"m.csv", line 22, has no text in "body".'],
    ['no label', 'm.csv', mails('s,t,'), {}, '"m.csv", line 22, has no label.'],
    ['a text of a megabyte', 'm.csv', mails(`s,${long},ham`), {}, '"m.csv", line 22, has a text of 1,000,001 characters; at most 1,000,000 are allowed.'],
    ['one label', 'm.csv', 'text,label\na,x\nb,x\n', {}, '"m.csv" has one label only, "x"; at least two are needed.'],
    ['not UTF-8, which was chosen', 'm.csv', latin1, { text: { ...defaultTextImport, encoding: 'utf-8' } }, '"m.csv", line 3, is not UTF-8 text. Choose another encoding, or save the file as UTF-8.'],
    ['UTF-16 where UTF-8 was chosen', 'm.csv', Buffer.from('\ufefftext,label', 'utf16le'), { text: { ...defaultTextImport, encoding: 'utf-8' } }, '"m.csv" is UTF-16 text. Choose the encoding auto, or save it as UTF-8.'],
    ['UTF-16 without a mark', 'm.csv', Buffer.from('text,label', 'utf16le'), {}, '"m.csv" is no text file: it holds NUL bytes. If it is UTF-16 text, choose the encoding utf-16le or utf-16be.'],
    ['UTF-16 cut in the middle of a letter', 'm.csv', Buffer.from('\ufefftext,label\na,x\n', 'utf16le').subarray(0, -1), {}, '"m.csv" is not utf-16le text.'],
    ['too many fields', 'm.csv', mails('a,b,c,d'), {}, '"m.csv", line 22, has 4 fields, and there are 3 columns.'],
    ['broken JSON', 'm.jsonl', '{"text":"a","label":"x"}\n{"text":', {}, '"m.jsonl", line 2, is not JSON.'],
    ['an unknown split', 'm.csv', 'text,label,set\na,x,train\nb,y,tset\n', { splits: { kind: 'given', column: 'set', validation: 0, seed: 1 } }, '"m.csv", line 3, has the split "tset"; allowed are train, validation (or dev), test, unused.'],
    ['a label that only test has', 'm.csv', 'text,label,set\na,x,train\nb,y,train\nc,z,test\n', {}, 'The label "z" occurs in test (1 example) and never in train: it cannot be learned.'],
    ['an empty file', 'm.csv', '', {}, '"m.csv" is empty.'],
    ['classes assigned to splits', 'm.csv', mails(), { splits: { kind: 'assigned', by: 'class', assign: {}, rest: 'train' } }, 'Texts, rows and clips are split by example and not by class'],
  ]; // biome-ignore format: a table
  it.each(cases)('%s', async (_, name, content, more, message) => {
    const test = await prepared();
    await expect(importNow(test, texts(await file(name, content), more))).rejects.toThrow(message);
    expect((await readdir(test.folder)).sort()).toEqual(['glyphs', 'questions']);
    expect(test.store.listDatasets()).toHaveLength(2);
  });

  it('and so does one that is cancelled', async () => {
    const test = await prepared();
    const job = (await test.library.handlers['datasets.import'](texts(await file('m.csv', mails())))) as ImportJob;
    await test.library.handlers['datasets.cancel-import']({ jobId: job.id });
    await expect(test.library.handlers['datasets.await-import']({ jobId: job.id })).rejects.toThrow('was cancelled');
    expect((await readdir(test.folder)).sort()).toEqual(['glyphs', 'questions']);
  });
});

/** What a launch of fine-tuning on a dataset would be refused for. */
function launchProblem({ library }: TestLibrary, dataset: string): string | undefined {
  const { config } = presetById('quick-texts');
  if (config.task.kind !== 'text-classes') throw new Error('The quick start of texts has texts.');
  return library.checkTask({ ...config, task: { ...config.task, dataset } }).errors[0]?.message;
}

describe('texts in the library', () => {
  it('are shown by split, label and search, a page at a time', async () => {
    const test = await prepared();
    const { job } = await imported(test, texts(await file('m.csv', mails())));
    const page = (more: object) =>
      test.library.handlers['datasets.texts']({
        id: job.datasetId!,
        split: null,
        label: null,
        search: '',
        offset: 0,
        limit: 5,
        ...more,
      });
    expect(await page({})).toMatchObject({
      total: 20,
      texts: [{ index: 0, labels: [1], characters: 14 }, {}, {}, {}, {}],
    });
    expect((await page({ label: 1 })).total).toBe(5);
    expect(await page({ search: 'NUMBER 1', offset: 10 })).toMatchObject({ total: 11, texts: [{ index: 19 }] });
    expect((await page({ split: 'validation' })).total).toBe(2);
  });

  it('get a new version when they are split anew, which old runs do not see', async () => {
    const test = await prepared();
    const { folder, summary } = await imported(test, texts(await file('m.csv', mails())));
    const plan = { kind: 'stratified', train: 0.5, validation: 0.25, seed: 3 } as const;
    const next = await test.library.handlers['datasets.split']({ id: summary.id, splits: plan });
    expect(next).toMatchObject({ version: 2, splits: { train: { examples: 10 }, validation: { examples: 5 } } });
    const old = test.library.trainerDataset(facts(summary)) as TextTrainerDataset;
    expect(old.splitsFile).toBe(join(folder, 'splits-v1.u8'));
    expect((await test.library.handlers['datasets.split']({ id: summary.id, splits: plan })).version).toBe(2);
    const given = { kind: 'given', column: 'set', validation: 0, seed: 1 } as const;
    await expect(test.library.handlers['datasets.split']({ id: summary.id, splits: given })).rejects.toThrow(
      'was imported without given splits',
    );
  });

  it('are refused at a launch whose train split has one label only', async () => {
    const test = await prepared();
    const rows = 'text,label,set\na,x,train\nb,x,train\nc,y,unused\nd,x,test\n';
    const given = { kind: 'given', column: 'set', validation: 0, seed: 1 } as const;
    await imported(test, texts(await file('m.csv', rows), { splits: given }));
    expect(launchProblem(test, 'm')).toBe(
      'The dataset "m" cannot be learned from. Its train split has texts of one label only, "x": there is nothing to tell apart. Change its splits.',
    );
  });

  it('are refused at a launch that would test a label which train has not', async () => {
    const test = await prepared();
    const { summary } = await imported(test, texts(await file('m.csv', mails())));
    expect(launchProblem(test, 'm')).toBeUndefined();
    const { splits } = summary;
    const label = (name: string, train: number) => ({ label: name, train, validation: 0, test: 4, unused: 0 });
    const labelCounts = [label('ham', 12), label('spam', 0)]; // as no import or change of splits makes them
    const facts = { sha256: 'other', labelCounts, shared: 0, origin: 'by hand' };
    test.store.addTextVersion(summary.id, { facts, splits }, 1);
    expect(launchProblem(test, 'm')).toBe(
      'The dataset "m" cannot be learned from. The label "spam" occurs in test (4 examples) and never in train: it cannot be learned. Correct the splits, leave these examples out, or let the splits be drawn.',
    );
  });

  it('are found changed when examples or splits are not what was written', async () => {
    const test = await prepared();
    const { folder, summary } = await imported(test, texts(await file('m.csv', mails())));
    const verify = () => test.library.handlers['datasets.verify']({ id: summary.id });
    expect((await verify()).state).toBe('ready');
    const codes = await readFile(join(folder, 'splits-v1.u8'));
    codes[0] = codes[0] === 0 ? 1 : 0;
    await writeFile(join(folder, 'splits-v1.u8'), codes);
    expect((await verify()).state).toBe('changed-on-disk');
  });
});

describe('a preview', () => {
  const look = async (source: string, text: object | null = null) =>
    (await prepared()).library.handlers['datasets.preview']({
      source,
      as: 'auto',
      text: text === null ? null : { ...defaultTextImport, splitColumn: null, ...text },
      table: null,
      audio: null,
    });
  const preview = async (source: string, text: object | null = null) => {
    const answer = await look(source, text);
    if (answer.holds !== 'texts') throw new Error(`It is taken for ${answer.holds}.`);
    return answer.preview;
  };

  it('shows rows, columns, labels and lengths, and guesses which column is what', async () => {
    expect(await preview(await file('m.csv', mails()))).toMatchObject({
      format: 'csv',
      columns: [{ name: 'subject' }, { name: 'body', distinct: 20 }, { name: 'label', distinct: 2 }],
      rowsRead: 20,
      complete: 'yes',
      chosen: { text: 'body', pair: null, label: 'label', splitColumn: null },
      labels: [
        { label: 'ham', examples: 15 },
        { label: 'spam', examples: 5 },
      ],
      lengths: { words: { median: 3 } },
      problem: null,
    });
  });

  it('says what an import would stumble over, with the rows still in sight', async () => {
    const shown = await preview(await file('m.csv', mails('s,,ham')), { text: 'body', label: 'label' });
    expect(shown).toMatchObject({ problem: '"m.csv", line 22, has no text in "body".', labelsTotal: 2 });
    expect(shown.rows[0]).toEqual(['s0', 'text, number 0', 'spam']);
  });

  it('samples folders, and counts their labels by the paths', async () => {
    const names = Array.from({ length: 1500 }, (_, i) => `${i < 1400 ? 'ham' : 'spam'}/${i}.txt`);
    const archive = await file('m.zip', zip(names.map((name) => ({ name, content: `mail ${name}` }))));
    const shown = await preview(archive);
    expect(shown).toMatchObject({ format: 'text-folders', rowsRead: 750, complete: 'no', problem: null });
    expect(shown.labels).toEqual([
      { label: 'ham', examples: 1400 },
      { label: 'spam', examples: 100 },
    ]);
  });

  it('takes no offence at a large table that begins with one label', async () => {
    const rows = Array.from({ length: 20_500 }, (_, i) => `text ${i},${i < 20_400 ? 'a' : 'b'}`);
    const shown = await preview(await file('sorted.csv', ['text,label', ...rows].join('\n')));
    expect(shown).toMatchObject({ complete: 'no', labelsTotal: 1, problem: null });
  });

  it('is none of images', async () => {
    const folder = join(await scratch(), 'pets');
    await mkdir(folder);
    expect(await look(folder)).toEqual({ holds: 'images' });
  });
});
