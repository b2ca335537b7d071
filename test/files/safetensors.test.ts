import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  readSafetensors,
  readSafetensorsHeader,
  readTensor,
  writeSafetensors,
} from '../../src/main/files/safetensors.ts';
import { type FileTensor, fileTensor } from '../../src/main/files/tensor-types.ts';
import { InnerloopError } from '../../src/shared/contract/errors.ts';
import { createRandom } from '../../src/shared/random/random.ts';
import { mutated } from './mutations.ts';
import { scratchFolders } from './scratch.ts';

const scratch = scratchFolders();

const tensors = new Map<string, FileTensor>([
  ['labels', fileTensor(Uint8Array.of(1, 2, 3), [3])],
  ['weights', fileTensor(Float32Array.of(0.5, -1, Number.NaN, 4), [2, 2])],
  ['step', fileTensor(Int32Array.of(-7), [])],
  ['exact', fileTensor(Float64Array.of(Math.PI, 1e-300), [2, 1])],
  ['ids', { dtype: 'I64', shape: [2], values: BigInt64Array.of(1n, -2n) }],
  ['nothing', fileTensor(new Float32Array(0), [0, 5])],
]);

/** A file with this header text and so many bytes of data. */
function handMade(header: string, data: number): Buffer {
  const text = Buffer.from(header);
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  return Buffer.concat([length, text, Buffer.alloc(data)]);
}

describe('a written file', () => {
  it('reads back to the same names, types, shapes, numbers and metadata', async () => {
    const path = join(await scratch(), 'a.safetensors');
    const written = await writeSafetensors(path, tensors, new Map([['iteration', '12']]));
    const read = await readSafetensors(path);
    expect(read.metadata).toEqual(new Map([['iteration', '12']]));
    expect(new Map([...read.tensors].sort())).toEqual(new Map([...tensors].sort()));
    expect(written.bytes).toBe((await readFile(path)).byteLength);
    expect(written.sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  it('is laid out as the format says: length, JSON header padded to 8, aligned data without holes', async () => {
    const path = join(await scratch(), 'a.safetensors');
    await writeSafetensors(path, new Map([...tensors].reverse()));
    const bytes = await readFile(path);
    const headerLength = Number(bytes.readBigUInt64LE(0));
    expect(headerLength % 8).toBe(0);
    const header = JSON.parse(bytes.toString('utf8', 8, 8 + headerLength));
    expect(header.exact).toEqual({ dtype: 'F64', shape: [2, 1], data_offsets: [0, 16] });
    expect(header.labels.data_offsets).toEqual([52, 55]);
    expect(bytes.readDoubleLE(8 + headerLength)).toBe(Math.PI);
    expect(bytes.byteLength).toBe(8 + headerLength + 55);
  });

  it('gives one tensor, or the header, without the rest', async () => {
    const path = join(await scratch(), 'a.safetensors');
    await writeSafetensors(path, tensors);
    expect((await readTensor(path, 'step')).values).toEqual(Int32Array.of(-7));
    expect((await readSafetensorsHeader(path)).tensors.map(({ name }) => name)).toContain('weights');
    await expect(readTensor(path, 'bias')).rejects.toThrow('It has no tensor "bias"');
  });

  it('is refused where values do not fit the shape or type, and leaves the old file as it was', async () => {
    const folder = await scratch();
    const path = join(folder, 'a.safetensors');
    await writeSafetensors(path, tensors);
    const before = await readFile(path);
    const wrong: FileTensor = { dtype: 'F32', shape: [3], values: Float32Array.of(1, 2) };
    await expect(writeSafetensors(path, new Map([['w', wrong]]))).rejects.toThrow('does not fit F32 [3]');
    expect(await readFile(path)).toEqual(before);
    expect(await readdir(folder)).toEqual(['a.safetensors']);
  });
});

describe('a bad file is refused with its name and what is wrong', () => {
  const tensor = (dtype: string, shape: unknown, offsets: unknown) => ({ dtype, shape, data_offsets: offsets });
  const header = (fields: object) => JSON.stringify(fields);
  const cases: readonly (readonly [string, Buffer, string])[] = [
    ['too short', Buffer.from('abc'), 'only 3 bytes'],
    [
      'a header longer than the file',
      Buffer.concat([Buffer.alloc(7), Buffer.of(1), Buffer.alloc(90)]),
      'more than the file has',
    ],
    ['a header over the limit', handMade(' '.repeat(1_000_001), 0), 'at most 1 MB'],
    ['no JSON', handMade('{"a":', 0), 'not valid JSON'],
    ['a header that is a list', handMade('[]', 0), 'does not start with "{"'],
    [
      'text that is not UTF-8',
      Buffer.concat([Buffer.of(3, 0, 0, 0, 0, 0, 0, 0), Buffer.of(0x7b, 0xff, 0x7d)]),
      'not valid JSON',
    ],
    ['an unknown type', handMade(header({ w: tensor('F99', [1], [0, 4]) }), 4), 'unknown type "F99"'],
    ['a prototype name as type', handMade(header({ w: tensor('constructor', [1], [0, 4]) }), 4), 'unknown type'],
    ['a negative shape', handMade(header({ w: tensor('F32', [-1], [0, 4]) }), 4), 'impossible shape [-1]'],
    [
      'a shape whose product overflows',
      handMade(header({ w: tensor('F32', [2 ** 40, 2 ** 40], [0, 4]) }), 4),
      'impossible shape',
    ],
    ['offsets that run backwards', handMade(header({ w: tensor('F32', [1], [4, 0]) }), 4), 'impossible offsets [4,0]'],
    ['offsets that do not fit the shape', handMade(header({ w: tensor('F32', [2], [0, 4]) }), 4), 'need 8'],
    ['a hole', handMade(header({ w: tensor('F32', [1], [4, 8]) }), 8), 'hole before tensor "w"'],
    [
      'an overlap',
      handMade(header({ v: tensor('F32', [2], [0, 8]), w: tensor('F32', [1], [4, 8]) }), 8),
      'Tensor "w" overlaps',
    ],
    ['bytes after the last tensor', handMade(header({ w: tensor('F32', [1], [0, 4]) }), 5), 'but 5 follow'],
    ['missing bytes', handMade(header({ w: tensor('F32', [1], [0, 4]) }), 3), 'but 3 follow'],
    ['metadata that is not text', handMade(header({ __metadata__: { a: 1 } }), 0), 'metadata "a" is not text'],
  ];
  it.each(cases)('%s', async (_, content, expected) => {
    const path = join(await scratch(), 'model.safetensors');
    await writeFile(path, content);
    const refusal = await readSafetensors(path).catch((thrown: unknown) => thrown);
    expect(refusal).toBeInstanceOf(InnerloopError);
    expect((refusal as InnerloopError).code).toBe('bad-file');
    expect((refusal as InnerloopError).message).toContain('"model.safetensors" is not a sound safetensors file.');
    expect((refusal as InnerloopError).message).toContain(expected);
  });

  it('a missing file', async () => {
    const refusal = await readSafetensors(join(await scratch(), 'gone.safetensors')).catch((thrown: unknown) => thrown);
    expect(refusal).toMatchObject({
      code: 'not-found',
      message: '"gone.safetensors" cannot be read: it does not exist.',
    });
  });

  it('a tensor named __proto__ is only a name', async () => {
    const path = join(await scratch(), 'p.safetensors');
    await writeFile(path, handMade('{"__proto__":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}', 1));
    expect((await readSafetensors(path)).tensors.get('__proto__')?.values).toEqual(Uint8Array.of(0));
    expect(({} as { dtype?: unknown }).dtype).toBeUndefined();
  });
});

it('1,000 damaged files are read or refused in plain words, never anything else', async () => {
  const folder = await scratch();
  const path = join(folder, 'sound.safetensors');
  await writeSafetensors(path, tensors, new Map([['a', 'b']]));
  const sound = await readFile(path);
  const random = createRandom(1, 'safetensors');
  const damaged = join(folder, 'damaged.safetensors');
  let refused = 0;
  for (let i = 0; i < 1000; i++) {
    await writeFile(damaged, mutated(sound, random));
    try {
      const { tensors: read } = await readSafetensors(damaged);
      for (const { shape, values } of read.values()) expect(values.length).toBe(shape.reduce((a, b) => a * b, 1));
    } catch (thrown) {
      expect(thrown).toBeInstanceOf(InnerloopError);
      expect((thrown as InnerloopError).code).toBe('bad-file');
      refused += 1;
    }
  }
  expect(refused).toBeGreaterThan(400);
});
