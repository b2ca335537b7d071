import { resolve } from 'node:path';
import { InnerloopError } from '../../../shared/contract/errors.ts';
import type { ResponseOf } from '../../../shared/contract/requests.ts';
import { type DatasetClass, type DatasetSummary, exampleKinds } from '../../../shared/datasets/dataset.ts';
import { nearestWord } from '../../../shared/text/nearest-word.ts';
import { count } from '../../../shared/text/number-words.ts';
import { audioLines } from '../audio-lines.ts';
import { audioImportOf, audioOptions } from '../audio-options.ts';
import type { Command, Core } from '../command.ts';
import { groupBy } from '../group-by.ts';
import { importDataset } from '../import-dataset.ts';
import { planOf, splitOptions, textPlanOf } from '../split-options.ts';
import { type Column, tableLines } from '../table.ts';
import { tableDetailLines } from '../table-lines.ts';
import { tableImportOf, tableOptions } from '../table-options.ts';
import { textLines } from '../text-lines.ts';
import { askedKind, importPlan, textImportOf, textOptions } from '../text-options.ts';
import { bytes, moment } from '../words.ts';

const nameArgument = { name: 'NAME', help: 'name or id of a dataset', count: 'one' } as const;
const splitNames = ['train', 'validation', 'test', 'unused'] as const;

export const datasetsImportCommand: Command = {
  name: 'datasets import',
  summary: 'read images, texts, clips of sound or a table of rows into the library; the original stays as it is',
  arguments: [
    { name: 'PATH', help: 'a zip file or a folder; of texts and rows a .csv, .tsv or .jsonl file', count: 'one' },
  ],
  options: [
    {
      name: 'as',
      value: 'KIND',
      help: 'auto, omniglot, folder-per-class, text, table or audio (default auto)',
      choices: ['auto', 'omniglot', 'folder-per-class', 'text', 'table', 'audio'],
    },
    { name: 'name', value: 'N', help: 'name in the library (default: from the file)' },
    { name: 'size', value: 'N', help: 'side of the stored images in pixels (default 28)' },
    {
      name: 'split',
      value: 'PLAN',
      help: 'by=group|class,train=F,validation=F,seed=N; the rest is test (default by=class,train=0.64,validation=0.16,seed=1; of texts, rows and clips by example, train=0.8,validation=0.1)',
    },
    ...textOptions,
    ...tableOptions,
    ...audioOptions,
  ],
  examples: [
    'datasets import images_background_small1.zip --as omniglot --name omniglot-small1 --split by=class,train=1,validation=0',
    'datasets import ./my-classes --as folder-per-class --size 84',
    'datasets import reviews.csv --text review --label sentiment --split train=0.7,validation=0.1',
    'datasets import mails.tsv --split-column set',
    'datasets import ./spoken-digits --as audio --rate 16000 --seconds 1',
    'datasets import patients.csv --as table --label outcome --columns age=number,ward=category,number=ignored',
  ],
  run: async (given, context) => {
    const { terminal } = context;
    const path = given.positionals[0]!;
    const as = askedKind(given);
    const audio = audioImportOf(given);
    const text = as === 'table' || as === 'audio' ? null : textImportOf(given);
    const table = as === 'text' || as === 'audio' ? null : tableImportOf(given);
    const job = await importDataset(context, {
      source: resolve(context.cwd, path),
      as,
      name: given.text('name') ?? null,
      size: given.wholeNumber('size', 8, 256) ?? 28,
      splits: importPlan(given, path),
      ...(text === null ? {} : { text }),
      ...(table === null ? {} : { table }),
      ...(audio === null ? {} : { audio }),
    });
    const found = await context.core().request('datasets.get', { id: job.datasetId ?? job.name });
    const { summary } = found;
    for (const line of [...summaryLines(summary), ...detailLines(found, 'some')]) terminal.say(line);
    if (job.duplicates > 0 && summary.kind === 'image-classes')
      terminal.say(`  ${count(job.duplicates)} images are there twice.`);
    for (const { file, reason } of job.leftOut.slice(0, 10)) terminal.say(`  left out    ${file}: ${reason}`);
    if (job.leftOutTotal > 10) terminal.say(`  and ${count(job.leftOutTotal - 10)} more files left out`);
    const { warnings } = job;
    terminal.answer({
      ...summary,
      ...detailOf(found),
      ...(isOfExamples(summary.kind) ? { warnings } : {}),
      leftOut: job.leftOut,
      leftOutTotal: job.leftOutTotal,
      duplicates: job.duplicates,
    });
    return 0;
  },
};

export const datasetsListCommand: Command = {
  name: 'datasets list',
  summary: 'the datasets of the library',
  arguments: [],
  options: [],
  examples: ['datasets list', 'datasets list --json'],
  run: async (_given, context) => {
    const datasets = await context.core().request('datasets.list', null);
    for (const line of tableLines(listColumns(datasets), context.terminal.width)) context.terminal.say(line);
    context.terminal.answer({ datasets });
    return 0;
  },
};

const listColumns = (datasets: readonly DatasetSummary[]): Column[] => [
  { title: 'name', shrinksTo: 16, cells: datasets.map(({ name }) => name) },
  { title: 'version', align: 'right', leaves: 3, cells: datasets.map(({ version }) => `v${version}`) },
  { title: 'classes', align: 'right', cells: datasets.map(({ classes }) => count(classes)) },
  { title: 'examples', align: 'right', leaves: 1, cells: datasets.map(({ examples }) => count(examples)) },
  {
    title: 'train/validation/test',
    cells: datasets.map(({ kind, splits: { train, validation, test } }) => {
      const part = isOfExamples(kind) ? 'examples' : 'classes';
      return [train, validation, test].map((split) => split[part]).join('/');
    }),
  },
  { title: 'size', align: 'right', leaves: 2, cells: datasets.map((dataset) => bytes(dataset.bytes)) },
  { title: 'used by', align: 'right', leaves: 4, cells: datasets.map(({ usedByRuns }) => `${count(usedByRuns)} runs`) },
  { title: 'state', leaves: 2, cells: datasets.map(({ state }) => state) },
  { title: 'source', leaves: 5, cells: datasets.map(({ source }) => source) },
];

export const datasetsShowCommand: Command = {
  name: 'datasets show',
  summary: 'one dataset: layout, lengths or columns, splits, groups or labels, digest',
  arguments: [nameArgument],
  options: [{ name: 'classes', help: 'list every class, or label and column' }],
  examples: ['datasets show glyphs', 'datasets show omniglot-small2 --classes'],
  run: async (given, context) => {
    const { id } = await findDataset(context.core(), given.positionals[0]!);
    const found = await context.core().request('datasets.get', { id });
    const { summary, classes } = found;
    const ofExamples = isOfExamples(summary.kind);
    const lines = [
      ...summaryLines(summary),
      ...detailLines(found, given.has('classes') ? 'all' : 'some'),
      ...(ofExamples ? [] : ['', ...groupLines(classes)]),
      ...(given.has('classes') && !ofExamples ? ['', ...classLines(classes)] : []),
    ];
    for (const line of lines) context.terminal.say(line);
    context.terminal.answer({ ...summary, ...(ofExamples ? detailOf(found) : { classList: classes }) });
    return 0;
  },
};

export const datasetsSplitCommand: Command = {
  name: 'datasets split',
  summary: 'divide the classes, or the texts, rows or clips, anew: a new version; runs keep the one they used',
  arguments: [nameArgument],
  options: splitOptions,
  examples: [
    'datasets split omniglot-small2 --by group --assign test=Sanskrit,Tagalog --assign unused=Greek,Latin --rest train',
    'datasets split omniglot-small1 --by group --train 0.6 --validation 0.2 --seed 3',
    'datasets split mails --train 0.7 --validation 0.15 --seed 3',
  ],
  run: async (given, context) => {
    const { id, kind } = await findDataset(context.core(), given.positionals[0]!);
    const splits = isOfExamples(kind) ? textPlanOf(given, await splitColumnOf(context.core(), id)) : planOf(given);
    const summary = await context.core().request('datasets.split', { id, splits });
    for (const line of summaryLines(summary)) context.terminal.say(line);
    context.terminal.answer(summary);
    return 0;
  },
};

export const datasetsVerifyCommand: Command = {
  name: 'datasets verify',
  summary: 'read the stored images, texts, rows or clips again and compare their digest',
  arguments: [nameArgument],
  options: [],
  examples: ['datasets verify omniglot-small1'],
  run: async (given, context) => {
    const { id } = await findDataset(context.core(), given.positionals[0]!);
    context.terminal.status('Reading the files.');
    const summary = await context.core().request('datasets.verify', { id });
    context.terminal.clearStatus();
    const words = {
      ready: 'is as it was imported',
      'changed-on-disk': 'has changed on disk',
      unreadable: 'cannot be read',
    };
    context.terminal.say(`${summary.name} ${words[summary.state]} (sha256 ${summary.sha256}).`);
    context.terminal.answer(summary);
    return summary.state === 'ready' ? 0 : 1;
  },
};

export const datasetsRemoveCommand: Command = {
  name: 'datasets remove',
  summary: 'delete a dataset from the library; one that runs use needs --force',
  arguments: [nameArgument],
  options: [{ name: 'force', help: 'also when runs use it; they keep their numbers' }],
  examples: ['datasets remove omniglot-small1'],
  run: async (given, context) => {
    const dataset = await findDataset(context.core(), given.positionals[0]!);
    await context.core().request('datasets.remove', { id: dataset.id, force: given.has('force') ? 'yes' : 'no' });
    context.terminal.say(`${dataset.name} is removed.`);
    context.terminal.answer({ removed: dataset.id, name: dataset.name });
    return 0;
  },
};

type Found = ResponseOf<'datasets.get'>;

const isOfExamples = (kind: DatasetSummary['kind']): boolean => (exampleKinds as readonly string[]).includes(kind);

/** What is shown of a dataset of examples below its summary; nothing of images. */
function detailLines({ text, table, audio }: Found, listed: 'all' | 'some'): string[] {
  if (text) return textLines(text, listed);
  if (audio) return audioLines(audio, listed);
  return table ? tableDetailLines(table, listed) : [];
}

/** The same for --json. */
const detailOf = ({ text, table, audio }: Found) => ({
  ...(text ? { text } : {}),
  ...(table ? { table } : {}),
  ...(audio ? { audio } : {}),
});

async function splitColumnOf(core: Core, id: string): Promise<string | null> {
  const { text, table, audio } = await core.request('datasets.get', { id });
  return text?.columns.split ?? table?.splitColumn ?? audio?.splitColumn ?? null;
}

async function findDataset(core: Core, given: string): Promise<DatasetSummary> {
  const datasets = await core.request('datasets.list', null);
  const found = datasets.find(({ id, name }) => name === given || id === given);
  if (found) return found;
  const nearest = nearestWord(
    given,
    datasets.map(({ name }) => name),
  );
  const hint = nearest === undefined ? 'List them with: innerloop datasets list.' : `Did you mean ${nearest}?`;
  throw new InnerloopError('not-found', `There is no dataset "${given}". ${hint}`);
}

function summaryLines(dataset: DatasetSummary): string[] {
  const { layout, splits } = dataset;
  const noun = isOfExamples(dataset.kind) ? 'labels' : 'classes';
  const images = layout ? `, ${layout.width} x ${layout.height} x ${layout.channels} pixels` : '';
  return [
    `${dataset.name} v${dataset.version}`,
    `  source      ${dataset.source}`,
    `  holds       ${count(dataset.classes)} ${noun}, ${count(dataset.examples)} examples${images}, ${bytes(dataset.bytes)}`,
    ...splitNames.map(
      (name) => `  ${name.padEnd(11)} ${count(splits[name].classes)} ${noun}, ${count(splits[name].examples)} examples`,
    ),
    `  sha256      ${dataset.sha256}`,
    `  used by     ${count(dataset.usedByRuns)} runs`,
    `  created     ${moment(dataset.createdAt)}${dataset.state === 'ready' ? '' : `, ${dataset.state}`}`,
  ];
}

/** "Greek  24 test" for each group, in the order of the dataset. */
function groupLines(classes: readonly DatasetClass[]): string[] {
  const groups = groupBy(classes, ({ group }) => group);
  const names = [...groups.keys()];
  const inSplit = (name: (typeof splitNames)[number]): string[] =>
    names.map((group) => String(groups.get(group)?.filter(({ split }) => split === name).length || ''));
  return tableLines(
    [
      { title: 'group', cells: names.map((name) => name || '(none)') },
      ...splitNames.map((name) => ({ title: name, align: 'right' as const, cells: inSplit(name) })),
    ],
    Number.POSITIVE_INFINITY,
  );
}

const classLines = (classes: readonly DatasetClass[]): string[] =>
  tableLines(
    [
      { title: 'class', cells: classes.map(({ name }) => name) },
      { title: 'group', cells: classes.map(({ group }) => group) },
      { title: 'examples', align: 'right', cells: classes.map(({ examples }) => count(examples)) },
      { title: 'split', cells: classes.map(({ split }) => split) },
    ],
    Number.POSITIVE_INFINITY,
  );
