import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createModelLibrary, type ModelLibrary } from '../../../src/main/core/models/model-library.ts';
import { modelStore } from '../../../src/main/core/store/models.ts';
import type { AnyEvent } from '../../../src/shared/contract/events.ts';
import { storedRun, temporaryFolder, temporaryStore } from '../store/store-for-test.ts';
import { tinyConfig, tinyTensors, writeModelFolder } from './model-folder.ts';

interface TestModels {
  readonly models: ModelLibrary;
  readonly folder: string;
  readonly sources: string;
  readonly events: AnyEvent[];
  readonly db: ReturnType<typeof temporaryStore>;
  /** The same data folder opened again, as after a restart. */
  again(): ModelLibrary;
}

async function testModels(): Promise<TestModels> {
  const db = temporaryStore();
  const sources = temporaryFolder();
  const folder = join(temporaryFolder(), 'models');
  const events: AnyEvent[] = [];
  let suffix = 0;
  const open = (): ModelLibrary =>
    createModelLibrary({
      store: modelStore(db),
      folder,
      now: () => 5000,
      newSuffix: () => `s${++suffix}`,
      announce: (event) => void events.push(event),
    });
  const models = open();
  await models.prepare();
  return { models, folder, sources, events, db, again: open };
}

const importFrom = ({ models }: TestModels, source: string, name: string | null = null) =>
  Promise.resolve(models.handlers['models.import']({ source, name }));

/** Stores a run whose config names a model; only that part of the config matters here. */
function runWithModel({ db }: TestModels, id: string, pretrained: string): void {
  storedRun(db, id);
  db.handle
    .prepare(`UPDATE runs SET config = json_set(config, '$.model.start', json_object('model', ?)) WHERE id = ?`)
    .run(pretrained, id);
}

describe('importing a model', () => {
  it('copies what belongs to it and tells its facts', async () => {
    const test = await testModels();
    const source = await writeModelFolder(test.sources);
    writeFileSync(join(source, 'README.md'), 'not part of the model');
    const model = await importFrom(test, source);
    const weights = readFileSync(join(source, 'model.safetensors'));
    expect(model).toMatchObject({
      ...{ id: 'tiny-bert-s1', name: 'tiny-bert', origin: 'imported', source: 'tiny-bert', family: 'bert' },
      ...{ architecture: 'BertModel', layers: 2, hidden: 4, heads: 2, vocabulary: 12, tokens: 12, maxLength: 16 },
      ...{ precision: 'F32', tokenizer: 'vocab.txt', labels: null, lineage: null, usedByRuns: 0, state: 'ready' },
      parameters: 12 * 4 + 16 * 4 + 2 * 4 + 8 + 2 * (4 * (16 + 4) + 8 + (32 + 8) + (32 + 4) + 8) + 20,
      sha256: createHash('sha256').update(weights).digest('hex'),
    });
    expect(readdirSync(join(test.folder, model.id)).sort()).toEqual(['config.json', 'model.safetensors', 'vocab.txt']);
    expect(readFileSync(join(test.folder, model.id, 'model.safetensors')).equals(weights)).toBe(true);
    expect(await test.models.handlers['models.list'](null)).toEqual([model]);
  });

  it('announces its progress up to the last byte, and the model', async () => {
    const test = await testModels();
    const model = await importFrom(test, await writeModelFolder(test.sources));
    const jobs = test.events.flatMap((event) => (event.name === 'model.importing' ? [event.body.job] : []));
    expect(jobs.at(0)).toMatchObject({ id: model.id, stage: 'checking' });
    expect(jobs).toContainEqual({
      id: model.id,
      name: 'tiny-bert',
      stage: 'copying',
      done: model.bytes,
      total: model.bytes,
    });
    expect(jobs.at(-1)?.stage).toBe('done');
    expect(test.events.at(-1)).toEqual({ name: 'model.changed', body: { model } });
  });

  it('leaves nothing when it is cancelled', async () => {
    const test = await testModels();
    const underWay = importFrom(test, await writeModelFolder(test.sources));
    const cancelled = expect(underWay).rejects.toMatchObject({ code: 'cancelled' });
    while (!test.events.some(({ name }) => name === 'model.importing')) await new Promise(setImmediate);
    await test.models.handlers['models.cancel-import']({ id: 'tiny-bert-s1' });
    await cancelled;
    expect(readdirSync(test.folder)).toEqual([]);
    expect(await test.models.handlers['models.list'](null)).toEqual([]);
  });

  it('gives a second copy a name of its own, but refuses a taken one that was asked for', async () => {
    const test = await testModels();
    const source = await writeModelFolder(test.sources);
    await importFrom(test, source);
    expect((await importFrom(test, source)).name).toBe('tiny-bert-2');
    await expect(importFrom(test, source, 'Tiny-BERT')).rejects.toMatchObject({
      code: 'in-use',
      message: 'The name "Tiny-BERT" means a model already. Choose another, such as "Tiny-BERT-3".',
    });
  });

  it('reads the names of the classes of a classifier', async () => {
    const test = await testModels();
    const { 'pooler.dense.weight': _, ...rest } = Object.fromEntries(tinyTensors());
    const prefixed = Object.entries(rest).map(([name, tensor]) => [`bert.${name}`, tensor] as const);
    const head = { dtype: 'F32', shape: [2, 4], values: new Float32Array(8) } as const;
    const tensors = new Map([...prefixed, ['classifier.weight', head] as const]);
    const config = {
      ...tinyConfig,
      architectures: ['BertForSequenceClassification'],
      id2label: { 0: 'ham', 1: 'spam' },
    };
    const model = await importFrom(test, await writeModelFolder(test.sources, 'spam', { config, tensors }));
    expect(model).toMatchObject({ architecture: 'BertForSequenceClassification', labels: ['ham', 'spam'] });
  });
});

describe('a folder that is no usable model', () => {
  const refused = async (change: (folder: string) => void, parts = {}): Promise<string> => {
    const test = await testModels();
    const source = await writeModelFolder(test.sources, 'wrong', parts);
    change(source);
    const error: unknown = await importFrom(test, source).catch((thrown: unknown) => thrown);
    expect(readdirSync(test.folder)).toEqual([]);
    return (error as Error).message;
  };

  it('is told which file is missing', async () => {
    expect(await refused((folder) => rmSync(join(folder, 'config.json')))).toBe(
      '"wrong" is not a Hugging Face folder: it has no config.json. A model is a folder with config.json, model.safetensors and tokenizer.json or vocab.txt.',
    );
    expect(await refused((folder) => rmSync(join(folder, 'model.safetensors')))).toBe(
      '"wrong" is not whole: model.safetensors is missing.',
    );
    expect(await refused((folder) => rmSync(join(folder, 'vocab.txt')))).toBe(
      '"wrong" has no tokenizer: neither tokenizer.json nor vocab.txt is there.',
    );
  });

  it('is told that a pickle is never read, and what to do', async () => {
    const message = await refused((folder) =>
      renameSync(join(folder, 'model.safetensors'), join(folder, 'pytorch_model.bin')),
    );
    expect(message).toContain('pytorch_model.bin, a Python pickle');
    expect(message).toContain('save_pretrained(FOLDER, safe_serialization=True)');
  });

  it('is told which types of model are read', async () => {
    const message = await refused(() => undefined, { config: { ...tinyConfig, model_type: 'gpt2' } });
    expect(message).toMatch(/"gpt2".*bert, distilbert, roberta/);
  });

  it('is told that its tokenizer asks for more rows than there are', async () => {
    const vocabulary = ['[UNK]', ...Array.from({ length: 19 }, (_, index) => `word${index}`)];
    expect(await refused(() => undefined, { vocabulary })).toBe(
      'The tokenizer of "wrong" does not fit its model: vocab.txt knows 20 tokens, but the word embedding has 12 rows.',
    );
  });

  describe('is told which tokens its tokenizer lacks', () => {
    const words = (count: number) => Array.from({ length: count }, (_, index) => `word${index}`);
    const tokenizerJson = (tokens: readonly string[], more = {}) =>
      JSON.stringify({
        model: { type: 'WordPiece', vocab: Object.fromEntries(tokens.map((token, id) => [token, id])) },
        ...more,
      });

    it('in vocab.txt', async () => {
      const vocabulary = ['[PAD]', '[UNK]', '[SEP]', ...words(9)];
      expect(await refused(() => undefined, { vocabulary })).toBe(
        'The tokenizer of "wrong" does not fit its model: vocab.txt lacks "[CLS]" (cls_token). Every text needs its special tokens.',
      );
    });

    it('in tokenizer.json, whose own post-processor names them', async () => {
      const single = ['[BEGIN]', '[END]'].map((id) => ({ SpecialToken: { id, type_id: 0 } }));
      const message = await refused((folder) => {
        const file = tokenizerJson(['[UNK]', '[BEGIN]', ...words(6)], {
          post_processor: { type: 'TemplateProcessing', single },
        });
        writeFileSync(join(folder, 'tokenizer.json'), file);
      });
      expect(message).toContain('tokenizer.json lacks "[END]" (sep_token), "[PAD]" (pad_token).');
    });

    it('by the names of its settings', async () => {
      const message = await refused((folder) => {
        writeFileSync(join(folder, 'tokenizer.json'), tokenizerJson(['[PAD]', '[UNK]', '[CLS]', '[SEP]']));
        writeFileSync(join(folder, 'tokenizer_config.json'), '{"cls_token":{"content":"<cls>"},"sep_token":"<sep>"}');
      });
      expect(message).toContain('tokenizer.json lacks "<cls>" (cls_token), "<sep>" (sep_token).');
    });

    it('of a RoBERTa, which have other names, and which vocab.txt cannot hold', async () => {
      const roberta = { config: { ...tinyConfig, model_type: 'roberta', pad_token_id: 1 } };
      expect(await refused(() => undefined, roberta)).toContain('a RoBERTa model needs tokenizer.json');
      const message = await refused((folder) => {
        const added_tokens = [
          { id: 0, content: '<s>' },
          { id: 1, content: '<pad>' },
        ];
        writeFileSync(join(folder, 'tokenizer.json'), tokenizerJson(words(5), { added_tokens }));
      }, roberta);
      expect(message).toContain('tokenizer.json lacks "</s>" (sep_token), "<unk>" (unk_token).');
    });
  });

  it('is told that weights and config contradict each other', async () => {
    expect(await refused(() => undefined, { config: { ...tinyConfig, vocab_size: 13 } })).toContain(
      'embeddings.word_embeddings.weight is [12, 4], but config.json says [13, 4]',
    );
    expect(await refused(() => undefined, { config: { ...tinyConfig, num_hidden_layers: 3 } })).toContain(
      'it has no tensor "encoder.layer.2.attention.self.query.weight"',
    );
  });

  it('is told which weight is missing or has another shape, wherever it stands', async () => {
    const tensors = tinyTensors();
    tensors.delete('encoder.layer.1.output.LayerNorm.bias');
    expect(await refused(() => undefined, { tensors })).toBe(
      '"model.safetensors" does not fit config.json: it has no tensor "encoder.layer.1.output.LayerNorm.bias".',
    );
    const config = { ...tinyConfig, intermediate_size: 9 };
    expect(await refused(() => undefined, { config })).toBe(
      '"model.safetensors" does not fit config.json: encoder.layer.0.intermediate.dense.weight is [8, 4], but config.json says [9, 4].',
    );
  });

  it('is told that its weights are cut off', async () => {
    expect(await refused((folder) => truncateSync(join(folder, 'model.safetensors'), 3000))).toContain(
      '"model.safetensors" is not a sound safetensors file',
    );
  });

  it('is told when it is a file', async () => {
    const test = await testModels();
    const file = join(test.sources, 'weights.bin');
    writeFileSync(file, 'x');
    await expect(importFrom(test, file)).rejects.toThrow('"weights.bin" is a file. A model is a folder');
  });
});

describe('renaming and removing', () => {
  it('finds a renamed model by the names it had, and keeps them taken', async () => {
    const test = await testModels();
    const source = await writeModelFolder(test.sources);
    const { id } = await importFrom(test, source);
    runWithModel(test, 'r1', 'tiny-bert');
    expect(await test.models.handlers['models.rename']({ id, name: 'MiniLM' })).toMatchObject({
      name: 'MiniLM',
      usedByRuns: 1,
    });
    expect(test.models.desk.find('tiny-bert')).toMatchObject({ id, name: 'MiniLM' });
    await expect(importFrom(test, source, 'tiny-bert')).rejects.toMatchObject({ code: 'in-use' });
    expect(await test.models.handlers['models.rename']({ id, name: 'tiny-bert' })).toMatchObject({ name: 'tiny-bert' });
  });

  it('removes no model that runs use, unless forced', async () => {
    const test = await testModels();
    const { id } = await importFrom(test, await writeModelFolder(test.sources));
    runWithModel(test, 'r1', 'tiny-bert');
    runWithModel(test, 'r2', id);
    await expect(
      Promise.resolve().then(() => test.models.handlers['models.remove']({ id, force: 'no' })),
    ).rejects.toMatchObject({
      code: 'in-use',
      message: 'The model "tiny-bert" is used by 2 runs, which could not be resumed, evaluated or exported without it.',
    });
    await test.models.handlers['models.remove']({ id, force: 'yes' });
    expect(readdirSync(test.folder)).toEqual([]);
    expect(test.models.desk.find('tiny-bert')).toBeNull();
  });
});

describe('what runs ask of the library', () => {
  it('gives a trainer the folder and the digest, by id and by name', async () => {
    const test = await testModels();
    const { id, sha256 } = await importFrom(test, await writeModelFolder(test.sources));
    const expected = { id, name: 'tiny-bert', folder: join(test.folder, id), digest: sha256 };
    expect(test.models.desk.forTrainer('tiny-bert')).toEqual(expected);
    expect(test.models.desk.forTrainer(id)).toEqual(expected);
  });

  it('says of an unknown model which there are, at the field', async () => {
    const test = await testModels();
    expect(() => test.models.desk.forTrainer('minilm')).toThrow('import a Hugging Face folder first');
    await importFrom(test, await writeModelFolder(test.sources));
    try {
      test.models.desk.forTrainer('something else');
      expect.unreachable();
    } catch (thrown) {
      expect(thrown).toMatchObject({
        code: 'not-found',
        message: 'There is no model "something else" in the library. There is: "tiny-bert".',
        fields: [{ path: 'model.start.model', allowed: 'one of "tiny-bert"' }],
      });
    }
  });

  it('refuses a model whose weights are gone or have changed', async () => {
    const test = await testModels();
    const { id } = await importFrom(test, await writeModelFolder(test.sources));
    const weights = join(test.folder, id, 'model.safetensors');
    const bytes = readFileSync(weights);
    bytes[bytes.length - 1]! ^= 1;
    writeFileSync(weights, bytes);
    expect(await test.models.handlers['models.verify']({ id })).toMatchObject({ state: 'changed-on-disk' });
    expect(() => test.models.desk.forTrainer(id)).toThrow('has changed on the disk');
    rmSync(weights);
    await test.again().prepare();
    expect(() => test.models.desk.forTrainer(id)).toThrow('cannot be read');
  });
});

it('settles what a killed core left: a copy without a row goes, one with a row takes its place', async () => {
  const test = await testModels();
  const { id } = await importFrom(test, await writeModelFolder(test.sources));
  renameSync(join(test.folder, id), join(test.folder, `.adding-${id}`));
  mkdirSync(join(test.folder, '.adding-half-a-model'));
  await test.again().prepare();
  expect(readdirSync(test.folder)).toEqual([id]);
  expect(existsSync(join(test.folder, id, 'config.json'))).toBe(true);
});
