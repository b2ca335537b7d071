import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { FileSource } from '../../src/main/files/file-source.ts';
import { sourceLimits } from '../../src/main/files/file-source.ts';
import { openFileSource } from '../../src/main/files/open-source.ts';
import { InnerloopError } from '../../src/shared/contract/errors.ts';
import { createRandom } from '../../src/shared/random/random.ts';
import { mutated } from './mutations.ts';
import { scratchFolders } from './scratch.ts';
import { type ZipEntry, zip } from './zip-builder.ts';

const scratch = scratchFolders();

async function open(content: Uint8Array, limits = sourceLimits): Promise<FileSource> {
  const path = join(await scratch(), 'photos.zip');
  await writeFile(path, content);
  return openFileSource(path, { limits });
}

const refusalOf = (content: Uint8Array, limits = sourceLimits): Promise<unknown> =>
  open(content, limits).then(
    (source) => source.close().then(() => 'accepted'),
    (thrown: unknown) => thrown,
  );

describe('a sound archive', () => {
  it('lists its files in natural order, without folders, and gives their content', async () => {
    const long = 'x'.repeat(100_000);
    const source = await open(
      zip([
        { name: 'a/' },
        { name: 'a/character10.txt', content: 'ten' },
        { name: 'a/character2.txt', content: long },
        { name: './b.txt', content: 'stored', packing: 'stored' },
        { name: 'empty', content: '' },
      ]),
    );
    expect(source).toMatchObject({ kind: 'archive', name: 'photos.zip', leftOut: [] });
    expect(source.files.map(({ path }) => path)).toEqual(['a/character2.txt', 'a/character10.txt', 'b.txt', 'empty']);
    const texts = [];
    for (const file of source.files) texts.push(Buffer.from(await source.read(file)).toString());
    expect(texts).toEqual([long, 'ten', 'stored', '']);
    await source.close();
  });

  it('gives the head of a large entry without unpacking the rest', async () => {
    const random = createRandom(1);
    const noise = Uint8Array.from({ length: 100_000 }, () => random.integer(256));
    for (const packing of ['deflated', 'stored'] as const) {
      const source = await open(zip([{ name: 'noise', content: noise, packing }]));
      const head = await source.readHead(source.files[0]!);
      expect(head.byteLength).toBeLessThan(9000);
      expect(head.byteLength).toBeGreaterThan(3000);
      expect(Buffer.from(head)).toEqual(Buffer.from(noise.subarray(0, head.byteLength)));
      await source.close();
    }
  });
});

describe('an unsafe archive is refused whole, and the sentence names the entry', () => {
  const fine: ZipEntry = { name: 'cat/1.png', content: 'x' };
  const zeros = new Uint8Array(3_000_000);
  const cases: readonly (readonly [string, readonly ZipEntry[], string, string])[] = [
    [
      'leaves its folder',
      [fine, { name: '../evil.png', content: 'x' }],
      'unsafe-path',
      '"../evil.png" leaves its folder',
    ],
    [
      'leaves it deeper down',
      [{ name: 'a/b/../../../evil', content: 'x' }],
      'unsafe-path',
      '"a/b/../../../evil" leaves',
    ],
    ['folder that leaves', [{ name: '../' }], 'unsafe-path', '"../" leaves its folder'],
    ['absolute path', [{ name: '/etc/passwd', content: 'x' }], 'unsafe-path', '"/etc/passwd" starts at the root'],
    ['drive letter', [{ name: 'C:/evil', content: 'x' }], 'unsafe-path', '"C:/evil" starts with a drive letter'],
    ['backslashes', [{ name: '..\\evil', content: 'x' }], 'unsafe-path', 'backslash'],
    ['NUL', [{ name: 'a\0b', content: 'x' }], 'unsafe-path', 'NUL'],
    ['link', [{ name: 'link', content: '/etc', mode: 0o120777 }], 'unsafe-path', '"link" is a link'],
    ['device', [{ name: 'dev', content: '', mode: 0o020666 }], 'unsafe-path', '"dev" is not a regular file'],
    ['encrypted', [{ name: 'secret', content: 'x', flags: 0x801 }], 'bad-file', '"secret" is encrypted'],
    ['odd packing', [{ name: 'lzma', content: 'x', method: 14 }], 'bad-file', '"lzma" is packed by method 14'],
    ['the same name twice', [fine, { name: './cat/1.png', content: 'y' }], 'bad-file', '"cat/1.png" twice'],
    ['bomb by ratio', [{ name: 'bomb', content: zeros }], 'too-large', '"bomb" unpacks to more than 200 times'],
    ['bomb by size', [{ name: 'big', content: 'x', statedBytes: 4e9 }], 'too-large', '"big" unpacks to 4 GB'],
    ['bomb by overlap', [fine, { name: 'again', content: 'x', sharesDataOf: 0 }], 'too-large', 'overlap'],
    [
      'packed size that lies',
      [{ name: 'liar', content: 'x', statedPackedBytes: 3e9 }],
      'bad-file',
      '"liar" has impossible sizes',
    ],
  ];
  it.each(cases)('%s', async (_, entries, code, expected) => {
    const refusal = await refusalOf(zip(entries));
    expect(refusal).toBeInstanceOf(InnerloopError);
    expect(refusal).toMatchObject({ code, message: expect.stringContaining(expected) });
    expect((refusal as Error).message).toContain('"photos.zip"');
  });

  it('more entries, or more bytes in all, than the limits', async () => {
    const three = zip([1, 2, 3].map((n) => ({ name: `${n}`, content: 'twelve bytes' })));
    expect(await refusalOf(three, { ...sourceLimits, entries: 2 })).toMatchObject({
      code: 'too-large',
      message: 'The archive "photos.zip" holds more than 2 entries; it was refused.',
    });
    expect(await refusalOf(three, { ...sourceLimits, totalBytes: 30 })).toMatchObject({
      message: 'The archive "photos.zip" unpacks to more than 30 bytes; it was refused.',
    });
  });
});

describe('content that is not what the directory states is refused when read', () => {
  const cases: readonly (readonly [string, ZipEntry, string])[] = [
    ['larger', { name: 'a', content: 'x'.repeat(500), statedBytes: 100 }, 'more than the 100 bytes that it states'],
    ['smaller', { name: 'a', content: 'xy', statedBytes: 100 }, 'unpacks to 2 bytes, not 100'],
    ['damaged', { name: 'a', content: 'xy', statedCrc: 1 }, 'fails its checksum'],
    [
      'stored but said to be deflated',
      { name: 'a', content: 'not deflate', packing: 'stored', method: 8 },
      'It is damaged',
    ],
  ];
  it.each(cases)('%s', async (_, entry, expected) => {
    const source = await open(zip([entry]));
    await expect(source.read(source.files[0]!)).rejects.toMatchObject({
      code: 'bad-file',
      message: expect.stringMatching(new RegExp(`^Cannot read "a" in "photos.zip".*${expected}`)),
    });
    await source.close();
  });
});

describe('what is no zip archive is said to be so', () => {
  it.each([
    ['nothing', '', '"photos.zip" is empty.'],
    ['text', 'just some words', 'is not a zip archive'],
    ['gzip', '\x1f\x8bxxxx', 'is a gzip archive; import a zip archive or a folder'],
    ['a cut archive', zip([{ name: 'a', content: 'x' }]).subarray(0, 60), 'is not a zip archive, or it is damaged'],
  ])('%s', async (_, content, expected) => {
    expect(await refusalOf(Buffer.from(content as string, 'latin1'))).toMatchObject({
      code: 'bad-file',
      message: expect.stringContaining(expected),
    });
  });

  it('a missing file', async () => {
    await expect(openFileSource(join(await scratch(), 'gone.zip'))).rejects.toMatchObject({ code: 'not-found' });
  });
});

it('1,000 damaged archives are read or refused in plain words, never anything else', async () => {
  const sound = zip([
    { name: 'a/', mode: 0o040755 },
    { name: 'a/1.png', content: 'some content that packs, some content that packs' },
    { name: 'a/2.png', content: 'stored', packing: 'stored' },
    { name: 'b/1.png', content: new Uint8Array(5000) },
  ]);
  const path = join(await scratch(), 'damaged.zip');
  const random = createRandom(1, 'zip');
  let refused = 0;
  for (let i = 0; i < 1000; i++) {
    await writeFile(path, mutated(sound, random));
    let source: FileSource | null = null;
    try {
      source = await openFileSource(path);
      for (const file of source.files) {
        await source.readHead(file);
        await source.read(file);
      }
    } catch (thrown) {
      expect(thrown).toBeInstanceOf(InnerloopError);
      expect(['bad-file', 'unsafe-path', 'too-large']).toContain((thrown as InnerloopError).code);
      refused += 1;
    } finally {
      await source?.close();
    }
  }
  expect(refused).toBeGreaterThan(300);
});
