import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { adoptRun } from '../../../src/main/core/export/adopt-run.ts';
import { createModelLibrary, type ModelLibrary } from '../../../src/main/core/models/model-library.ts';
import { modelStore } from '../../../src/main/core/store/models.ts';
import { openHuggingFaceFolder } from '../../../src/main/files/hugging-face-folder.ts';
import { readSafetensors } from '../../../src/main/files/safetensors.ts';
import { type FileTensor, fileTensor } from '../../../src/main/files/tensor-types.ts';
import { writeTextClassifier } from '../../../src/main/files/text-classifier-file.ts';
import type { TextTrainerDataset } from '../../../src/shared/contract/trainer.ts';
import { tinyTensors, writeModelFolder } from '../models/model-folder.ts';
import { temporaryFolder } from '../store/store-for-test.ts';
import { type TestExport, testExport } from './export-for-test.ts';

const dataset: TextTrainerDataset = {
  ...{ kind: 'text-classes', id: 'd', name: 'spam', version: 1, digest: '' },
  ...{ examplesFile: '', splitsFile: '', labels: ['ham', 'spam'], labelMode: 'single', examples: 2 },
};

interface FineTunedRun extends TestExport {
  readonly models: ModelLibrary;
  readonly modelsFolder: string;
}

/** A stored run that fine-tuned the tiny BERT, with these parts of its model's config. */
async function fineTunedRun(
  parts: Readonly<Record<string, unknown>> = {},
  files: Partial<TextTrainerDataset> = {},
): Promise<FineTunedRun> {
  const datasets = {
    check: () => ({ errors: [], advice: [] }),
    factsFor: () => null,
    forTrainer: () => ({ ...dataset, ...files }),
  };
  const parcel: { models?: ModelLibrary } = {};
  const test = testExport({
    datasets,
    models: {
      find: (name) => parcel.models!.desk.find(name),
      forTrainer: (name) => parcel.models!.desk.forTrainer(name),
      names: () => [],
    },
  });
  const modelsFolder = test.context.layout.models;
  const models = createModelLibrary({
    ...{ store: modelStore(test.context.db), folder: modelsFolder, now: () => 7000, announce: () => undefined },
    newSuffix: () => 'x',
  });
  parcel.models = models;
  await models.prepare();
  await models.handlers['models.import']({ source: await writeModelFolder(temporaryFolder()), name: 'tiny' });
  const model = {
    ...{ kind: 'encoder', start: { kind: 'pretrained', model: 'tiny' }, head: 'pooled', dropout: 0.2 },
    ...{ trained: { kind: 'all' } },
    ...parts,
  };
  test.context.db.handle
    .prepare(`UPDATE runs SET config = json_set(config, '$.model', json(?)) WHERE id = 'r1'`)
    .run(JSON.stringify(model));
  return { ...test, models, modelsFolder };
}

const filled = (shape: readonly number[], value: number): FileTensor =>
  fileTensor(new Float32Array(shape.reduce((size, side) => size * side, 1)).fill(value), shape);

const head = new Map([
  ['parameter/classifier.weight', filled([2, 4], 0.5)],
  ['parameter/classifier.bias', filled([2], -1)],
  ['optimizer/m/classifier.bias', filled([2], 9)],
]);

const query = 'encoder.layer.1.attention.self.query.weight';

it('puts what was trained over the model that the run began with, under the names of transformers', async () => {
  const { exported, checkpoint, to } = await fineTunedRun({ trained: { kind: 'last-layers', layers: 1 } });
  await checkpoint(40, 'best', new Map([...head, [`parameter/${query}`, filled([4, 4], 3)]]));
  await exported('huggingface');
  expect(readdirSync(to).sort()).toEqual(['config.json', 'model.safetensors', 'vocab.txt']);
  const { tensors, metadata } = await readSafetensors(join(to, 'model.safetensors'));
  expect(metadata.get('format')).toBe('pt');
  expect(tensors.get('classifier.weight')).toEqual(filled([2, 4], 0.5));
  expect(tensors.get(`bert.${query}`)).toEqual(filled([4, 4], 3));
  const frozen = [...tinyTensors()].filter(([name]) => name !== query);
  for (const [name, tensor] of frozen) expect(tensors.get(`bert.${name}`)).toEqual(tensor);
  expect(tensors.size).toBe(frozen.length + 3);
  expect(JSON.parse(readFileSync(join(to, 'config.json'), 'utf8'))).toMatchObject({
    ...{ model_type: 'bert', hidden_size: 4, architectures: ['BertForSequenceClassification'] },
    ...{ id2label: { 0: 'ham', 1: 'spam' }, problem_type: 'single_label_classification', classifier_dropout: 0.2 },
  });
  expect((await openHuggingFaceFolder(to)).labels).toEqual(['ham', 'spam']);
});

it('works low-rank adapters into their weights: W + alpha / rank B A', async () => {
  const { exported, checkpoint, to } = await fineTunedRun({ trained: { kind: 'lora', rank: 2, alpha: 6 } });
  const adapter = `parameter/${query.replace('.weight', '')}`;
  const a = fileTensor(Float32Array.of(1, 0, 0, 0, 0, 2, 0, 0), [2, 4]);
  const b = fileTensor(Float32Array.of(1, 0, 0, 0, 0, 0, 0, 5), [4, 2]);
  await checkpoint(40, 'best', new Map([...head, [`${adapter}.lora_A.weight`, a], [`${adapter}.lora_B.weight`, b]]));
  await exported('huggingface');
  const { tensors } = await readSafetensors(join(to, 'model.safetensors'));
  const expected = Float32Array.from(tinyTensors().get(query)!.values as Float32Array);
  expected[0] = Math.fround(expected[0]! + 3 * 1);
  expected[3 * 4 + 1] = Math.fround(expected[3 * 4 + 1]! + 3 * 10);
  expect(tensors.get(`bert.${query}`)?.values).toEqual(expected);
  expect([...tensors.keys()].filter((name) => name.includes('lora'))).toEqual([]);
});

it('refuses when the model that was frozen has changed since, and leaves nothing', async () => {
  const { exported, checkpoint, modelsFolder, to } = await fineTunedRun();
  await checkpoint(40, 'best', head);
  const weights = join(modelsFolder, 'tiny-x', 'model.safetensors');
  const bytes = readFileSync(weights);
  bytes[bytes.length - 1]! ^= 1;
  writeFileSync(weights, bytes);
  await expect(exported('huggingface')).rejects.toMatchObject({
    code: 'bad-file',
    message: expect.stringContaining('The weights of "tiny" have changed on the disk'),
  });
  expect(readdirSync(join(to, '..'))).toEqual([]);
});

it('says which model is missing when it was removed', async () => {
  const { exported, checkpoint, models } = await fineTunedRun();
  await checkpoint(40, 'best', head);
  await models.handlers['models.remove']({ id: 'tiny-x', force: 'yes' });
  await expect(exported('huggingface')).rejects.toThrow('There is no model "tiny" in the library.');
});

it('adds a run to the library with its lineage, once under a name', async () => {
  const run = await fineTunedRun();
  await run.checkpoint(40, 'best', head);
  const datasets = { check: () => ({ errors: [], advice: [] }), factsFor: () => null, forTrainer: () => dataset };
  const adopt = (name: string | null) => adoptRun(run.context, run.models, datasets, { runId: 'r1', name });
  const model = await adopt('spam-filter');
  expect(model).toMatchObject({
    ...{ id: 'spam-filter-x', name: 'spam-filter', origin: 'produced', source: 'r1', labels: ['ham', 'spam'] },
    lineage: { runId: 'r1', runNumber: 1, runName: 'r1', iteration: 40, base: { id: 'tiny-x', name: 'tiny' } },
  });
  expect(readdirSync(run.modelsFolder).sort()).toEqual(['spam-filter-x', 'tiny-x']);
  await expect(adopt('Spam-Filter')).rejects.toMatchObject({ code: 'in-use' });
});

it('makes the vocabulary of an encoder from scratch of the training texts again', async () => {
  const folder = temporaryFolder();
  const examplesFile = join(folder, 'examples.jsonl');
  const splitsFile = join(folder, 'splits-v1.u8');
  const texts = ['good good film', 'bad bad film', 'unseen unseen words'];
  writeFileSync(examplesFile, texts.map((text) => `${JSON.stringify({ text, labels: [0] })}\n`).join(''));
  writeFileSync(splitsFile, Uint8Array.of(0, 0, 2));
  const start = { kind: 'from-scratch', layers: 1, hiddenSize: 8, heads: 2, vocabulary: 64 };
  const { exported, checkpoint, context, to } = await fineTunedRun({ start }, { examplesFile, splitsFile });
  context.db.handle
    .prepare(`UPDATE runs SET config = json_set(config, '$.task', json(?)) WHERE id = 'r1'`)
    .run(JSON.stringify({ kind: 'text-classes', dataset: 'spam', maxLength: 32 }));
  const trained = new Map([
    ['parameter/embeddings.word_embeddings.weight', filled([23, 8], 1)],
    ['parameter/pooler.dense.weight', filled([8, 8], 1)],
    ...head,
  ]);
  await checkpoint(40, 'best', trained);
  const classifier = join(context.layout.runs, 'r1', 'text-classifier.json');
  expect(existsSync(classifier)).toBe(false); // an older run
  await exported('huggingface');
  const vocabulary = readFileSync(join(to, 'vocab.txt'), 'utf8').trimEnd().split('\n');
  expect(vocabulary.slice(0, 5)).toEqual(['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]']);
  expect(vocabulary).toEqual(expect.arrayContaining(['good', 'bad', 'film', 'g', '##g']));
  expect(vocabulary).not.toContain('unseen');
  expect(JSON.parse(readFileSync(join(to, 'config.json'), 'utf8'))).toMatchObject({
    ...{ model_type: 'bert', vocab_size: vocabulary.length, hidden_size: 8, max_position_embeddings: 32 },
    architectures: ['BertForSequenceClassification'],
  });
});

it('takes labels and vocabulary from the run where they are stored, so that no dataset is needed', async () => {
  const start = { kind: 'from-scratch', layers: 1, hiddenSize: 8, heads: 2, vocabulary: 64 };
  const { exported, checkpoint, context, to } = await fineTunedRun({ start }, { examplesFile: '/gone' });
  context.db.handle
    .prepare(`UPDATE runs SET config = json_set(config, '$.task', json(?)) WHERE id = 'r1'`)
    .run(JSON.stringify({ kind: 'text-classes', dataset: 'spam', maxLength: 32 }));
  await checkpoint(
    40,
    'best',
    new Map([
      ['parameter/embeddings.word_embeddings.weight', filled([6, 8], 1)],
      ['parameter/pooler.dense.weight', filled([8, 8], 1)],
      ...head,
    ]),
  );
  await expect(exported('huggingface')).rejects.toThrow('"gone" cannot be read');
  const vocabTxt = '[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\nfilm\n';
  const facts = { format: 1, labels: ['bad', 'good'], labelMode: 'multi', vocabTxt } as const;
  await writeTextClassifier(join(context.layout.runs, 'r1'), facts);
  await exported('huggingface');
  expect(readFileSync(join(to, 'vocab.txt'), 'utf8')).toBe(vocabTxt);
  expect(JSON.parse(readFileSync(join(to, 'config.json'), 'utf8'))).toMatchObject({
    ...{ vocab_size: 6, id2label: { 0: 'bad', 1: 'good' }, problem_type: 'multi_label_classification' },
  });
});

it('refuses what cannot be put together: a frozen pooler that the model never had', async () => {
  const { exported, checkpoint, modelsFolder, models } = await fineTunedRun({
    ...{ trained: { kind: 'head' }, start: { kind: 'pretrained', model: 'bare' } },
  });
  const bare = new Map([...tinyTensors()].filter(([name]) => !name.startsWith('pooler.')));
  const source = await writeModelFolder(temporaryFolder(), 'bare', { tensors: bare });
  await models.handlers['models.remove']({ id: 'tiny-x', force: 'yes' });
  await models.handlers['models.import']({ source, name: 'bare' });
  expect(readdirSync(modelsFolder)).toEqual(['bare-x']);
  await checkpoint(40, 'best', head);
  await expect(exported('huggingface')).rejects.toThrow('pooler.dense.weight was frozen as drawn at random');
});
