import { copyFile, cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openHuggingFaceFolder } from '../../src/main/files/hugging-face-folder.ts';
import { readSafetensors, writeSafetensors } from '../../src/main/files/safetensors.ts';
import { fileTensor } from '../../src/main/files/tensor-types.ts';
import { writeHuggingFaceFolder } from '../../src/main/files/write-hugging-face-folder.ts';
import { scratchFolders } from './scratch.ts';

const scratch = scratchFolders();
const fixture = (family: string): string => join(import.meta.dirname, '../numerics/fixtures/encoders', family);

/** A copy of a fixture that a test may damage. */
async function copied(family: string): Promise<string> {
  const folder = join(await scratch(), 'model');
  await cp(fixture(family), folder, { recursive: true });
  return folder;
}

const head = { kind: 'pooled', labels: ['no', 'yes', 'maybe'], problem: 'single_label_classification' } as const;

describe('a folder of Hugging Face', () => {
  it('gives config, tensors without prefix, tokenizer and labels', async () => {
    const folder = await openHuggingFaceFolder(fixture('bert'));
    expect(folder.config).toMatchObject({ family: 'bert', hiddenSize: 16 });
    expect(folder.labels).toEqual(['cat', 'dog', 'mat']);
    expect(folder.tensors.get('embeddings.LayerNorm.weight')).toMatchObject({ shape: [16] });
    expect(folder.tensors.get('pooler.dense.weight')!.shape).toEqual([16, 16]);
    expect(folder.tensors.get('classifier.weight')!.shape).toEqual([3, 16]);
    expect(folder.tokenizerFiles.tokenizerJson).toContain('WordPiece');
    expect(folder.tokenizerFiles.vocabTxt).toMatch(/^\[PAD\]\n/);
    expect(folder.digest).toMatch(/^[0-9a-f]{64}$/);
  });

  it.each(['distilbert', 'roberta'])(
    'widens the half-precision numbers of %s, whose classes have no names',
    async (family) => {
      const folder = await openHuggingFaceFolder(fixture(family));
      const stored = await readSafetensors(join(fixture(family), 'model.safetensors'));
      expect(new Set([...stored.tensors.values()].map(({ dtype }) => dtype)).size).toBe(1);
      expect([...stored.tensors.values()][0]!.dtype).toBe(family === 'roberta' ? 'F16' : 'BF16');
      const { values } = folder.tensors.get('embeddings.word_embeddings.weight')!;
      expect(values).toBeInstanceOf(Float32Array);
      expect(Math.max(...values)).toBeLessThan(2);
      expect(folder.labels).toBeNull();
    },
  );

  it('has another digest when a file of it is another', async () => {
    const folder = await copied('bert');
    const before = await openHuggingFaceFolder(folder);
    await writeFile(join(folder, 'vocab.txt'), `${before.tokenizerFiles.vocabTxt}\nmore`);
    const after = await openHuggingFaceFolder(folder);
    expect(after.digest).not.toBe(before.digest);
    expect(after.bytes).toBe(before.bytes + 5);
  });

  it('reads names of the first checkpoints and passes over what no classifier needs', async () => {
    const folder = await copied('bert');
    const path = join(folder, 'model.safetensors');
    const { tensors } = await readSafetensors(path);
    const old = new Map(
      [...tensors].map(([name, tensor]) => [
        name.replace('LayerNorm.weight', 'LayerNorm.gamma').replace('LayerNorm.bias', 'LayerNorm.beta'),
        tensor,
      ]),
    );
    old.set('cls.predictions.bias', fileTensor(Float32Array.of(1), [1]));
    old.set('bert.embeddings.position_ids', { dtype: 'I64', shape: [1], values: BigInt64Array.of(0n) });
    await writeSafetensors(path, old);
    const read = await openHuggingFaceFolder(folder);
    expect([...read.tensors.keys()].sort()).toEqual(
      [...(await openHuggingFaceFolder(fixture('bert'))).tensors.keys()].sort(),
    );
  });
});

describe('a wrong folder is refused with a sentence that names the file', () => {
  const damage: readonly (readonly [string, (folder: string) => Promise<unknown>, string])[] = [
    ['no config.json', (folder) => rm(join(folder, 'config.json')), 'The folder "model" has no config.json.'],
    [
      'config.json of another kind',
      (folder) => writeFile(join(folder, 'config.json'), '{"model_type":"gpt2"}'),
      'model_type = "gpt2"',
    ],
    ['broken config.json', (folder) => writeFile(join(folder, 'config.json'), '{'), '"config.json" is not valid JSON'],
    [
      'config.json that is no text',
      (folder) => writeFile(join(folder, 'config.json'), Uint8Array.of(0xff)),
      '"config.json" is not UTF-8',
    ],
    [
      'huge config.json',
      (folder) => writeFile(join(folder, 'config.json'), ' '.repeat(1_000_001)),
      'at most 1 MB are read',
    ],
    ['no weights', (folder) => rm(join(folder, 'model.safetensors')), 'The folder "model" has no model.safetensors.'],
    [
      'no tokenizer',
      (folder) => Promise.all(['tokenizer.json', 'vocab.txt'].map((name) => rm(join(folder, name)))),
      'has no tokenizer.json or vocab.txt',
    ],
    [
      'a cut file of weights',
      async (folder) => {
        const path = join(folder, 'model.safetensors');
        await writeFile(path, (await readFile(path)).subarray(0, 9000));
      },
      '"model.safetensors" is not a sound safetensors file',
    ],
    [
      'weights of something else',
      (folder) =>
        writeSafetensors(join(folder, 'model.safetensors'), new Map([['w', fileTensor(Float32Array.of(1), [1])]])),
      'has no word embeddings',
    ],
    [
      'whole numbers as weights',
      (folder) =>
        writeSafetensors(
          join(folder, 'model.safetensors'),
          new Map([['embeddings.word_embeddings.weight', fileTensor(Int32Array.of(1), [1])]]),
        ),
      'as I32; F32, F16, BF16 and F64 can be read',
    ],
    [
      'a pickle in place of weights',
      async (folder) => {
        await rm(join(folder, 'model.safetensors'));
        await writeFile(join(folder, 'pytorch_model.bin'), 'x');
      },
      'save the model as safetensors',
    ],
  ];

  it.each(damage)('%s', async (_, spoil, sentence) => {
    const folder = await copied('bert');
    await spoil(folder);
    await expect(openHuggingFaceFolder(folder)).rejects.toThrow(sentence);
  });

  it('a file, or nothing at all', async () => {
    await expect(openHuggingFaceFolder(join(fixture('bert'), 'config.json'))).rejects.toThrow(
      '"config.json" is a file. Choose the folder',
    );
    await expect(openHuggingFaceFolder(join(fixture('bert'), 'nothing'))).rejects.toThrow('it does not exist');
  });
});

describe('an exported folder', () => {
  it.each(['bert', 'distilbert', 'roberta'])(
    'of %s reads back as what was written, with its labels',
    async (family) => {
      const source = await openHuggingFaceFolder(fixture(family));
      const path = join(await scratch(), 'exported');
      await writeHuggingFaceFolder(path, { ...source, head: { ...head, dropout: 0.3 } });
      const read = await openHuggingFaceFolder(path);
      expect(read.tensors).toEqual(source.tensors);
      expect(read.tokenizerFiles).toEqual(source.tokenizerFiles);
      expect(read.config).toEqual(source.config);
      expect(read.labels).toEqual(head.labels);
      expect(read.rawConfig).toMatchObject({
        problem_type: 'single_label_classification',
        label2id: { no: 0, yes: 1, maybe: 2 },
        [family === 'distilbert' ? 'seq_classif_dropout' : 'classifier_dropout']: 0.3,
      });
      const { tensors, metadata } = await readSafetensors(join(path, 'model.safetensors'));
      expect([...tensors.keys()].sort()).toEqual(
        [...(await readSafetensors(join(fixture(family), 'model.safetensors'))).tensors.keys()].sort(),
      );
      expect(metadata.get('format')).toBe('pt');
    },
  );

  it('never replaces what is there, and leaves nothing behind when it fails', async () => {
    const source = await openHuggingFaceFolder(fixture('bert'));
    const folder = await scratch();
    const model = { ...source, head: { ...head, dropout: 0 } };
    await mkdir(join(folder, 'taken'));
    await copyFile(join(fixture('bert'), 'config.json'), join(folder, 'taken', 'mine.json'));
    await expect(writeHuggingFaceFolder(join(folder, 'taken'), model)).rejects.toThrow('"taken" exists already');
    const wrong = new Map([['classifier.bias', { shape: [2], values: Float32Array.of(1) }]]);
    await expect(writeHuggingFaceFolder(join(folder, 'new'), { ...model, tensors: wrong })).rejects.toThrow(
      'does not fit',
    );
    expect(await readdir(folder)).toEqual(['taken']);
  });
});
