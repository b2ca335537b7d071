import { resolve } from 'node:path';
import { type ModelSummary, modelLabel } from '../../../shared/models/model.ts';
import { readsWords } from '../../../shared/models/network.ts';
import { algorithmLabels } from '../../../shared/run-config/algorithm-facts.ts';
import { count } from '../../../shared/text/number-words.ts';
import type { Command } from '../command.ts';
import { findRun } from '../find-run.ts';
import { importModel } from '../import-model.ts';
import { type Column, tableLines } from '../table.ts';
import { bytes, moment } from '../words.ts';

const nameArgument = { name: 'NAME', help: 'name or id of a model', count: 'one' } as const;
const nameOption = { name: 'name', value: 'N', help: 'name in the library (default: from the folder or run)' } as const;

export const modelsImportCommand: Command = {
  name: 'models import',
  summary: 'copy a Hugging Face folder into the library; the original stays as it is',
  arguments: [
    { name: 'FOLDER', help: 'has config.json, model.safetensors and tokenizer.json or vocab.txt', count: 'one' },
  ],
  options: [nameOption],
  details:
    'Encoders of the BERT family are read: bert, distilbert, roberta, xlm-roberta and camembert. Weights in a pickle\n(pytorch_model.bin) are never read, since a pickle can run any code: save them as safetensors in Python.',
  examples: ['models import ./all-MiniLM-L6-v2 --name MiniLM'],
  run: async (given, context) => {
    const source = resolve(context.cwd, given.positionals[0]!);
    const model = await importModel(context, { source, name: given.text('name') ?? null });
    for (const line of summaryLines(model)) context.terminal.say(line);
    context.terminal.answer(model);
    return 0;
  },
};

export const modelsListCommand: Command = {
  name: 'models list',
  summary: 'the models of the library: pretrained ones and those that runs made',
  arguments: [],
  options: [],
  examples: ['models list', 'models list --json'],
  run: async (_given, context) => {
    const models = await context.core().request('models.list', null);
    if (models.length === 0) context.terminal.say('No models yet. Import one: innerloop models import FOLDER');
    else for (const line of tableLines(listColumns(models), context.terminal.width)) context.terminal.say(line);
    context.terminal.answer({ models });
    return 0;
  },
};

const listColumns = (models: readonly ModelSummary[]): Column[] => [
  { title: 'name', shrinksTo: 16, cells: models.map(({ name }) => name) },
  { title: 'kind', cells: models.map(modelLabel) },
  {
    title: 'layers',
    align: 'right',
    leaves: 3,
    cells: models.map((m) => (m.kind === 'encoder' ? count(m.layers) : '-')),
  },
  {
    title: 'hidden',
    align: 'right',
    leaves: 4,
    cells: models.map((m) => (m.kind === 'encoder' ? count(m.hidden) : '-')),
  },
  { title: 'parameters', align: 'right', cells: models.map(({ parameters }) => count(parameters)) },
  { title: 'size', align: 'right', leaves: 2, cells: models.map((model) => bytes(model.bytes)) },
  { title: 'origin', cells: models.map(({ origin }) => origin) },
  { title: 'sha256', leaves: 5, cells: models.map(({ sha256 }) => sha256.slice(0, 8)) },
  { title: 'used by', align: 'right', leaves: 6, cells: models.map(({ usedByRuns }) => runs(usedByRuns)) },
  { title: 'state', leaves: 1, cells: models.map(({ state }) => state) },
];

export const modelsShowCommand: Command = {
  name: 'models show',
  summary: 'one model: shape, tokenizer, classes, digest, and which run it comes from',
  arguments: [nameArgument],
  options: [],
  examples: ['models show MiniLM'],
  run: async (given, context) => {
    const model = await context.core().request('models.get', { id: given.positionals[0]! });
    for (const line of summaryLines(model)) context.terminal.say(line);
    context.terminal.answer(model);
    return 0;
  },
};

export const modelsAdoptCommand: Command = {
  name: 'models adopt',
  summary: "add a run's best checkpoint to the library, for other runs to begin with",
  details:
    'Fine-tuned encoders become Hugging Face folders. Runs on images become networks, whatever they were learned by:\nmeta-learned, pretrained or fine-tuned ones. Rates that were learned besides are left out.',
  arguments: [{ name: 'RUN', help: 'number, id or name of a run', count: 'one' }],
  options: [nameOption],
  examples: ['models adopt 12 --name spam-filter'],
  run: async (given, context) => {
    const { id } = await findRun(context.core(), given.positionals[0]!);
    context.terminal.status('Putting the model together.');
    const model = await context.core().request('models.adopt', { runId: id, name: given.text('name') ?? null });
    context.terminal.clearStatus();
    for (const line of summaryLines(model)) context.terminal.say(line);
    context.terminal.answer(model);
    return 0;
  },
};

export const modelsVerifyCommand: Command = {
  name: 'models verify',
  summary: 'read the stored weights again and compare their digest',
  arguments: [nameArgument],
  options: [],
  examples: ['models verify MiniLM'],
  run: async (given, context) => {
    const { id } = await context.core().request('models.get', { id: given.positionals[0]! });
    context.terminal.status('Reading the weights.');
    const model = await context.core().request('models.verify', { id });
    context.terminal.clearStatus();
    context.terminal.say(`${model.name} ${stateWords[model.state]} (sha256 ${model.sha256}).`);
    context.terminal.answer(model);
    return model.state === 'ready' ? 0 : 1;
  },
};

const stateWords: Readonly<Record<ModelSummary['state'], string>> = {
  ready: 'is as it was added',
  'changed-on-disk': 'has changed on disk',
  unreadable: 'cannot be read',
};

export const modelsRemoveCommand: Command = {
  name: 'models remove',
  summary: 'delete a model from the library; one that runs use needs --force',
  arguments: [nameArgument],
  options: [{ name: 'force', help: 'also when runs use it; they keep their numbers' }],
  examples: ['models remove MiniLM'],
  run: async (given, context) => {
    const model = await context.core().request('models.get', { id: given.positionals[0]! });
    await context.core().request('models.remove', { id: model.id, force: given.has('force') ? 'yes' : 'no' });
    context.terminal.say(`${model.name} is removed.`);
    context.terminal.answer({ removed: model.id, name: model.name });
    return 0;
  },
};

const runs = (number: number): string => `${count(number)} ${number === 1 ? 'run' : 'runs'}`;

function summaryLines(model: ModelSummary): string[] {
  const { lineage, labels, state } = model;
  return [
    `${model.name}`,
    `  kind        ${modelLabel(model)} (${model.kind === 'encoder' ? model.architecture : `learned by ${learnedBy(model)}`}), ${model.origin}`,
    `  source      ${model.source}`,
    ...(lineage
      ? [`  made by     run ${lineage.runNumber} (${lineage.runName}), iteration ${count(lineage.iteration)}`]
      : []),
    ...(lineage?.base ? [`  began with  ${lineage.base.name}`] : []),
    ...(model.kind === 'encoder' ? encoderLines(model) : networkLines(model)),
    ...(labels ? [`  tells apart ${labels.join(', ')}`] : []),
    `  sha256      ${model.sha256}`,
    `  used by     ${runs(model.usedByRuns)}`,
    `  added       ${moment(model.createdAt)}${state === 'ready' ? '' : `, ${stateWords[state]}`}`,
  ];
}

type Encoder = Extract<ModelSummary, { readonly kind: 'encoder' }>;
type Network = Extract<ModelSummary, { readonly kind: 'network' }>;

const learnedBy = ({ learnedBy: kind }: Network): string => algorithmLabels[kind] ?? kind;

const encoderLines = (model: Encoder): string[] => [
  `  holds       ${count(model.layers)} layers of ${count(model.hidden)}, ${count(model.heads)} heads, ${count(model.parameters)} parameters in ${model.precision}, ${bytes(model.bytes)}`,
  `  reads       texts of up to ${count(model.maxLength)} tokens, ${count(model.vocabulary)} different ones (${model.tokenizer})`,
];

const networkLines = ({ classes, labels, parameters, precision, bytes: size, ...reads }: Network): string[] => [
  `  holds       ${count(parameters)} parameters in ${precision}, ${bytes(size)}`,
  `  reads       ${readsWords(reads)}`,
  ...(classes === null ? ['  head        none'] : labels === null ? [`  head        for ${classes} classes`] : []),
];
